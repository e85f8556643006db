import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { FtrailError, inputError, outputError, usageError } from '../../../src/base/errors.js';
import { describeFailure } from '../../../src/cli/failure.js';
import { ReaderGone } from '../../../src/cli/io.js';

const failure = (error: unknown) => describeFailure(error, '1.2.3');

describe('an error on the way out', () => {
  it.each([
    [usageError('bad'), 2, 'ftrail: bad\n'],
    [inputError('t: no such file', 'look again'), 3, 'ftrail: t: no such file (look again)\n'],
    [outputError('x: no space left'), 4, 'ftrail: x: no space left\n'],
    [new CommanderError(1, 'commander.unknownOption', 'said already'), 2, ''],
    [new CommanderError(0, 'commander.helpDisplayed', ''), 0, ''],
    [new ReaderGone(), 0, ''],
  ])('%s', (error, code, text) => {
    expect(failure(error)).toEqual({ code, text });
  });

  it('is one line whatever a file is called', () => {
    expect(failure(inputError('a\nb\u001b[2J: no such file')).text).toBe('ftrail: a\\nb\\e[2J: no such file\n');
  });

  it.each([new TypeError('x is undefined'), new FtrailError('internal', 'x is undefined')])(
    'of our own making says what to send, without folders of the machine',
    (error) => {
      error.stack = `${error.name}: secret\n    at f (file:///opt/me/ftrail/dist/store/plain.js:3:4)\n    at g (/opt/me/secret/x.js:1:1)`;
      const { code, text } = failure(error);
      expect(code).toBe(70);
      expect(text).toMatch(/^ftrail: this is a bug in ftrail: x is undefined\n/);
      expect(text).toContain(`  ftrail 1.2.3, node ${process.version}`);
      expect(text).toContain('  at f (dist/store/plain.js:3:4)');
      expect(text).toContain('  at g (x.js:1:1)');
      expect(text).not.toContain('/opt/me');
    },
  );

  it('may be anything', () => {
    expect(failure('a string').code).toBe(70);
    expect(failure(undefined).text).toContain('bug in ftrail: undefined');
  });
});
