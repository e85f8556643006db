import { expect } from 'vitest';
import type { CliResult } from './cli.js';

/** One clear line of talk, nothing on stdout, no stack trace, nothing that steers a terminal. */
export const expectRefusal = (result: CliResult, code: number, says: RegExp): void => {
  expect(result.stderr).toMatch(says);
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(code);
};
