import { describe, expect, it } from 'vitest';
import { EXIT, FtrailError, inputError, outputError, usageError } from '../../../src/base/errors.js';

describe('errors that a user can act on', () => {
  it('carry their kind, which has an exit code', () => {
    const kinds = [usageError('a'), inputError('b'), outputError('c')].map((error) => error.kind);
    expect(kinds).toEqual(['usage', 'input', 'output']);
    expect(kinds.map((kind) => EXIT[kind])).toEqual([2, 3, 4]);
  });

  it('keep the hint apart from the message', () => {
    const error = inputError('t.txt is not a trace', 'save /sys/kernel/tracing/trace');
    expect(error).toBeInstanceOf(FtrailError);
    expect(error.message).toBe('t.txt is not a trace');
    expect(error.hint).toBe('save /sys/kernel/tracing/trace');
    expect(usageError('no such option').hint).toBeUndefined();
  });

  it('keep the cause of a failed write', () => {
    const cause = new Error('ENOSPC');
    expect(outputError('cannot write out.html', cause).cause).toBe(cause);
    expect(new FtrailError('internal', 'bug')).not.toHaveProperty('cause');
  });
});
