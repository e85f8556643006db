import { expect, it } from 'vitest';
import { storeTrouble } from '../../../src/app/store-trouble.js';
import { inputError } from '../../../src/base/errors.js';

it.each([
  [
    'FATAL Error: Failed to create checkpoint because of error: Could not write file "/x/.s.1": No space left on device',
    's: cannot be written (no space left)',
  ],
  [
    'IO Error: Could not read from file "/x/.s.1": Input/output error\nmore',
    's: cannot be written (IO Error: Could not read',
  ],
  ['Out of Memory Error: failed to pin block of size 256.0 KiB', 's: not enough memory'],
])('%s', (text, says) => {
  const error = storeTrouble('s', new Error(text)) as Error;
  expect(error).toMatchObject({ kind: 'output' });
  expect(error.message).toContain(says);
  expect(error.message).not.toContain('\n');
});

it('leaves other errors as they are', () => {
  for (const error of [new Error('Binder Error: x'), inputError('No space left on device'), 'text', undefined]) {
    expect(storeTrouble('s', error)).toBe(error);
  }
});
