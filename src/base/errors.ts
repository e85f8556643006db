/** Exit codes of the command line; only src/cli/main.ts hands one to the process. */
export const EXIT = { ok: 0, checkFailed: 1, usage: 2, input: 3, output: 4, internal: 70 } as const;

export type ErrorKind = 'usage' | 'input' | 'output' | 'internal';

/**
 * An error that a user can act on: one line that says what, where, and what to do.
 * `kind` decides the exit code; `hint` is printed after the message.
 */
export class FtrailError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;

  constructor(kind: ErrorKind, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FtrailError';
    this.kind = kind;
    this.hint = options.hint;
  }
}

export const usageError = (message: string, hint?: string): FtrailError =>
  new FtrailError('usage', message, hint === undefined ? {} : { hint });
export const inputError = (message: string, hint?: string): FtrailError =>
  new FtrailError('input', message, hint === undefined ? {} : { hint });
export const outputError = (message: string, cause?: unknown): FtrailError =>
  new FtrailError('output', message, { cause });
