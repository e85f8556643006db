/**
 * Android's systrace: an HTML page that carries the text in a script element, unescaped; before 2015 in a JavaScript string,
 * each line ending in \n\ and with \\ and \" escaped:
 *
 *   <script class="trace-data" type="application/text">          var linuxPerfData = "\
 *   # tracer: nop                                                # tracer: nop\n\
 *   </script>                                                    ";
 *
 * A page has several such sections; the one with the trace begins with the kernel's header.
 */
import type { Container } from './container.js';

const OPEN = /<script class="trace-data"[^>]*> *$/;
const OPEN_STRING = /linuxPerfData = "\\ *$/;
const CLOSE = /^ *<\/script>/;
const CLOSE_STRING = /^";/;

export const isSystrace = (text: string): boolean =>
  /<script class="trace-data"|linuxPerfData|<!-- BEGIN TRACE -->/.test(text) ||
  /^\s*(?:<!doctype html|<html)/i.test(text);

export function systrace(): Container {
  let state: 'outside' | 'text' | 'string' | 'other' = 'outside';
  let first = false;
  return {
    name: 'systrace',
    line(bytes) {
      const text = bytes.toString('latin1');
      if (state === 'outside') {
        state = OPEN.test(text) ? 'text' : OPEN_STRING.test(text) ? 'string' : 'outside';
        first = true;
        return null;
      }
      if (state === 'string' ? CLOSE_STRING.test(text) : CLOSE.test(text)) {
        state = 'outside';
        return null;
      }
      // Process tables and other sections are no trace.
      if (first && !/^(?:# |#$|TRACE:|capturing trace)/.test(text) && state === 'text') state = 'other';
      first = first && text.trim() === '';
      if (state === 'other') return null;
      return state === 'string' ? Buffer.from(unescapeLine(text), 'latin1') : bytes;
    },
  };
}

/** One line of a JavaScript string: `text\n\` */
const unescapeLine = (text: string): string =>
  text
    .replace(/\\n\\? *$/, '')
    .replace(/\\(["'\\/nt])/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
