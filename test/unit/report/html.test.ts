import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attr, html, join, text } from '../../../src/report/html.js';

describe('html', () => {
  it('escapes what it is given and keeps what it made', () => {
    const inner = html`<b>${'<i>&"\''}</b>`;
    expect(html`<p title="${'a"b<c'}">${inner}</p>`.markup).toBe(
      '<p title="a&quot;b&lt;c"><b>&lt;i&gt;&amp;&quot;&#39;</b></p>',
    );
  });
  it('writes nothing for null, undefined and false, and 0 for 0', () => {
    expect(html`<p>${null}${undefined}${false}${0}</p>`.markup).toBe('<p>0</p>');
  });
  it('joins lists', () => {
    expect(html`${['a', html`<br>`, '<']}`.markup).toBe('a<br>&lt;');
    expect(join(['<', html`<hr>`], ' ').markup).toBe('&lt; <hr>');
  });
  it('marks control bytes in text and spells them in attributes', () => {
    expect(text('a\u001b[31m').markup).toBe('a<span class="esc">\\e</span>[31m');
    expect(html`<i title="${'\u202e'}">`.markup).toBe('<i title="\\u{202e}">');
    expect(attr('"\n').markup).toBe('&quot;\\n');
    expect(text('\\e').markup).toBe('\\e');
  });
});

/** Strings made of what breaks pages, not of random letters. */
const soup = fc
  .array(
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '`',
      '&',
      '&lt;',
      '</script>',
      '<!--',
      '-->',
      '${',
      '}}',
      '\\',
      '\u0000',
      '\u001b[',
      '\u202e',
      '\u2028',
      '\uef80',
      ']]>',
      'x',
      ' ',
      '=',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it('property: no string opens a tag, ends an attribute or hides a character', () => {
  fc.assert(
    fc.property(soup, (hostile) => {
      const markup = html`<p title="${hostile}">${hostile}</p>`.markup;
      const match = /^<p title="([^"<>]*)">((?:[^<>"]|<span class="esc">[^<>"]*<\/span>)*)<\/p>$/.exec(markup);
      expect(match).not.toBeNull();
      expect(markup).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\uef80-\uefff]/);
    }),
  );
});
