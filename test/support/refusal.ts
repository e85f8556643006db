import { expect } from 'vitest';
import type { CliResult } from './cli.js';

/** One clear line of talk, nothing on stdout, no stack trace, nothing that steers a terminal. */
export const expectRefusal = (result: CliResult, code: number, says: RegExp): void => {
  expect(result.stderr).toMatch(says);
  expect(result.stderr).toMatch(/^ftrail: [^\n]+\n$/);
  expect(result.stderr.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(code);
};
