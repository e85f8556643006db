import { numbered } from './numbered.js';

/** One name of a flag table: it is in the text when `word & mask === bits`. */
export interface FlagEntry {
  readonly bits: bigint;
  readonly mask: bigint;
  readonly name: string;
}

/** How bits without a name are shown: `hex` 0x1f, `octal` 0644 (permissions), `decimal` as signed 32 bits (small enumerations). */
export type RestStyle = 'hex' | 'octal' | 'decimal';

export interface FlagTable {
  /** Bits that the kernel looks at: an `int` argument may come sign-extended. */
  readonly width: 32 | 64;
  /** In the order of the text. No bit is claimed by two entries at once. */
  readonly entries: readonly FlagEntry[];
  readonly rest: RestStyle;
}

type Options = Partial<Omit<FlagTable, 'entries'>>;

const allOnes = (width: 32 | 64): bigint => (1n << BigInt(width)) - 1n;

/**
 * Builds a table from numbers, each followed by its name. A bit flag is compared under its own bits; behind `/mask` the values of a field
 * follow, up to the end of the line (`/all`: the whole word, as in `/all 0 PROT_NONE`).
 */
export function flags(text: string, { width = 32, rest = 'hex' }: Options = {}): FlagTable {
  const entries = text.split('\n').flatMap((line) => {
    const words = line.split(/\s+/).filter((word) => word !== '');
    const field = words[0]?.startsWith('/') === true ? words.shift()?.slice(1) : undefined;
    const mask = field === undefined ? undefined : field === 'all' ? allOnes(width) : BigInt(field);
    const made: FlagEntry[] = [];
    for (let i = 0; i + 1 < words.length; i += 2) {
      const bits = BigInt(words[i] ?? '');
      made.push({ bits, mask: mask ?? bits, name: words[i + 1] ?? '' });
    }
    return made;
  });
  return { width, entries, rest };
}

/** A table of exact values, from a numbered list. */
export function choices(text: string, { rest = 'decimal' }: Options = {}): FlagTable {
  const mask = allOnes(32);
  const entries = [...numbered(text)].map(([value, name]) => ({ bits: BigInt.asUintN(32, BigInt(value)), mask, name }));
  return { width: 32, entries, rest };
}

function restText(rest: bigint, style: RestStyle): string {
  if (style === 'octal') return `0${rest.toString(8)}`;
  return style === 'decimal' ? BigInt.asIntN(32, rest).toString() : `0x${rest.toString(16)}`;
}

/** `O_RDONLY|O_CLOEXEC`, bits without a name behind them; `0` when there is nothing at all. */
export function flagTableText({ width, entries, rest: style }: FlagTable, value: bigint): string {
  const word = BigInt.asUintN(width, value);
  const named = entries.filter(({ bits, mask }) => (word & mask) === bits);
  const rest = named.reduce((left, { bits }) => left & ~bits, word);
  const names = named.map(({ name }) => name);
  if (rest !== 0n) names.push(restText(rest, style));
  return names.length === 0 ? '0' : names.join('|');
}
