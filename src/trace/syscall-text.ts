/** Numbers of syscall events as text. Values are the unsigned bits that the trace prints, of 32 or 64 bits. */
import { errnoName, syscallErrno } from './errno.js';
import { flagsText } from './flags.js';
import { signalName } from './signals.js';
import { type ArgKind, KIND_BY_NAME, type ResultKind, SYSCALLS } from './syscall-args.js';

const AT_FDCWD = -100n;
const low = (value: bigint): bigint => BigInt.asUintN(32, value);
const signed = (value: bigint): bigint => BigInt.asIntN(32, value);
const hex = (value: bigint): string => `0x${value.toString(16)}`;

function signalText(value: bigint): string {
  const sig = signed(value);
  return signalName(Number(sig)) ?? sig.toString();
}

function modeText(value: bigint): string {
  const mode = BigInt.asUintN(16, value);
  return mode === 0n ? '0' : `0${mode.toString(8)}`;
}

/** Text of one argument: decodeArg('dfd', 0xffffff9cn) -> `AT_FDCWD`. */
export function decodeArg(kind: ArgKind, value: bigint): string {
  switch (kind) {
    case 'hex':
      return hex(value);
    case 'ptr':
      return value === 0n ? 'NULL' : hex(value);
    case 'int':
    case 'fd':
    case 'pid':
      return signed(value).toString();
    case 'dfd':
      return signed(value) === AT_FDCWD ? 'AT_FDCWD' : signed(value).toString();
    case 'uint':
      return low(value).toString();
    case 'size':
      return value.toString();
    case 'long':
      return BigInt.asIntN(64, value).toString();
    case 'sig':
      return signalText(value);
    case 'mode':
      return modeText(value);
    case 'id':
      return low(value) === 0xffffffffn ? '-1' : low(value).toString();
    default:
      return flagsText(kind, value);
  }
}

/**
 * Kind of the argument called `key` at `position` (from 0): that of the syscall's argument with this name, else of the one at this
 * position (names change between kernels), else what the name alone says.
 */
function argKindOf(name: string, position: number, key: string): ArgKind {
  const args = SYSCALLS.get(name)?.args;
  const arg = args?.find((candidate) => candidate.name === key) ?? args?.[position];
  return arg?.kind ?? KIND_BY_NAME.get(key) ?? 'hex';
}

/**
 * Text of a syscall's arguments: `dfd: AT_FDCWD, filename: 0x7fef047cacc0, flags: O_RDONLY|O_CLOEXEC, mode: 0`.
 * `keys` are the names that the kernel printed; without them (raw_syscalls prints none, and six values however many are meant) the
 * names of the table, or all values as hex when the syscall is not known. A key without value is shown with `?`; a syscall has six
 * arguments at most.
 */
export function syscallArgsText(
  name: string,
  values: readonly (bigint | undefined)[],
  keys: readonly string[] | undefined,
): string {
  const names = keys ?? SYSCALLS.get(name)?.args.map((arg) => arg.name) ?? ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
  return names
    .slice(0, 6)
    .map((key, i) => {
      const value = values[i];
      return `${key}: ${value === undefined ? '?' : decodeArg(argKindOf(name, i, key), value)}`;
    })
    .join(', ');
}

/** Calls whose result may be any number below 2^32: no 32-bit error is read into it. */
const ANY_LOW_NUMBER: ReadonlySet<ResultKind> = new Set(['off', 'hex', 'id', 'mode']);

/** Error number in the result of a syscall; like syscallErrno, but it knows the calls where a 32-bit error cannot be told from a success. */
export function resultErrno(name: string, ret: bigint): number | undefined {
  const result = SYSCALLS.get(name)?.result;
  if (result !== undefined && ANY_LOW_NUMBER.has(result) && ret < 1n << 32n) return undefined;
  return syscallErrno(ret);
}

/**
 * Text of a syscall's result: `-ENOENT`, `3`, `0x7fef047ca000`, `SIGCHLD`. An error without a name is shown as its number (`-1234`).
 * The result of a syscall that is not in the tables is decimal below 2^32 and hex from there on: it may be an address.
 */
export function decodeReturn(name: string, ret: bigint): string {
  const errno = resultErrno(name, ret);
  if (errno !== undefined) return `-${errnoName(errno) ?? String(errno)}`;
  const result = SYSCALLS.get(name)?.result;
  switch (result) {
    case 'addr':
    case 'hex':
      return hex(ret);
    case 'mode':
    case 'id':
    case 'sig':
      return decodeArg(result, ret);
    case undefined:
      return ret < 1n << 32n ? ret.toString() : hex(ret);
    default:
      return ret.toString();
  }
}
