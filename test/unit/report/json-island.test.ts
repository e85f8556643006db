import fc from 'fast-check';
import { expect, it } from 'vitest';
import { islandJson, jsonIsland } from '../../../src/report/json-island.js';

it('property: the JSON reads back as it was and holds nothing that ends a script', () => {
  const hostile = fc
    .array(fc.constantFrom('</script>', '<!--', '\u2028', '\u2029', '&', '"', '\\', '\ud800', 'a'), { maxLength: 10 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, (value) => {
      const json = islandJson({ value });
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual({ value });
    }),
  );
});

it('is never run', () => {
  expect(jsonIsland('x', { a: '</script>' }).markup).toBe(
    '<script type="application/json" id="x">{"a":"\\u003c/script\\u003e"}</script>',
  );
});
