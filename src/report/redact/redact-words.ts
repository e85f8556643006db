/**
 * Text of a trace with everything replaced that is not known to be harmless: numbers, keys, symbols of the kernel and
 * constants stay, whatever else could be a name is replaced.
 */
import type { Pseudonyms } from './pseudonyms.js';

export interface Harmless {
  /** Names of events, functions and symbols of the kernel that the capture holds. */
  has(word: string): boolean;
}

const PARTS = new RegExp(
  [
    '"(?<quoted>(?:[^"\\\\]|\\\\.)*)(?:"|$)',
    '(?<mac>\\b(?:[\\da-f]{2}:){5}[\\da-f]{2}\\b)',
    '(?<ip6>(?<![\\w:.])(?=(?:[\\da-f]*:){2})[\\da-f:]{2,39}(?:\\.\\d{1,3}){0,3}(?![\\w:]))',
    '(?<ip4>(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.]))',
    '(?<path>(?<![\\w.])(?:\\.{0,2}/)[^\\s,;()"\'=]+)',
    '(?<hex>(?<![\\w])(?:0x)?[\\da-f]{8,16}(?![\\w]))',
    '(?<number>(?<![\\w])[-+]?(?:0x[\\da-f]+|\\d[\\d.]*)(?![\\w]))',
    '(?<word>[\\p{L}_$][\\p{L}\\p{N}_$./@-]*)',
  ].join('|'),
  'giu',
);

/** -1, error codes and masks: an address has low digits that are not all set. */
const isAllOnes = (hex: string): boolean => /^(?:0x)?f{5,}[\da-f]{0,3}$/i.test(hex);
const isSmall = (hex: string): boolean => hex.replace(/^(?:0x)?0*/i, '').length < 8;

const redactAddress = (hex: string, names: Pseudonyms): string =>
  isAllOnes(hex) || isSmall(hex) || /^(?:\d{1,15}|\d{17,})$/.test(hex) ? hex : names.address(hex);

const BARE_ADDRESS = /(?<![\w.])(?:0x)?[\da-f]{8,16}(?![\w.]*\w)/gi;
const IP4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g;

/** Addresses and network names inside our sentences. */
export const redactNumbers = (text: string, names: Pseudonyms): string =>
  text.replace(BARE_ADDRESS, (hex) => redactAddress(hex, names)).replace(IP4, (ip) => names.ip(ip));

export function redactWords(text: string, names: Pseudonyms, harmless: Harmless): string {
  const told = redactComms(text, names);
  return told.replace(PARTS, (...found: readonly unknown[]) => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    const whole = found[0] as string;
    const at = found.at(-3) as number;
    if (groups.quoted !== undefined) return `"${redactQuoted(groups.quoted, names)}"`;
    if (groups.mac !== undefined) return names.mac(whole);
    if (groups.ip6 !== undefined || groups.ip4 !== undefined) return names.ip(whole);
    if (groups.path !== undefined) return names.path(whole);
    if (groups.hex !== undefined) return redactAddress(whole, names);
    if (groups.word !== undefined)
      return isHarmless(whole, told.slice(at + whole.length), harmless) ? whole : names.word(whole);
    return whole;
  });
}

const redactQuoted = (text: string, names: Pseudonyms): string =>
  text === '' || PSEUDONYM.test(text) ? text : names.path(text);

/** `comm=a b c pid=1`: the value goes up to the next key. Quotes stay. */
const redactComms = (text: string, names: Pseudonyms): string =>
  text.replace(/(\b\w*comm=)("?)(.*?)\2(?=\s+\w+=|\s+==>|$)/g, (_all, key: string, quote: string, comm: string) => {
    return key + quote + names.comm(comm) + quote;
  });

const PSEUDONYM = /^(?:comm|p|ip|mac|marker|w)\d+$/;

function isHarmless(word: string, after: string, harmless: Harmless): boolean {
  if (word.length === 1 || PSEUDONYM.test(word) || harmless.has(word)) return true;
  // A key, a call, an offset into a symbol; a constant.
  return /^(?:=|\(|\+0x|: ?\S)/.test(after) || /^[A-Z][A-Z0-9_|]+$/.test(word);
}
