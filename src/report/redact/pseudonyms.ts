/** Stable stand-ins: the same original always has the same one, numbered in the order of first use. */
export class Pseudonyms {
  private readonly names = new Map<string, Map<string, string>>();
  /** Stand-ins given so far: text may pass here twice. */
  private readonly addresses = new Set<string>();

  private give(kind: string, original: string, make: (number: number) => string): string {
    const known = this.names.get(kind) ?? new Map<string, string>();
    this.names.set(kind, known);
    const name = known.get(original) ?? make(known.size + 1);
    known.set(original, name);
    return name;
  }

  /** What the kernel writes where it has no name stays: it names nobody. */
  comm(original: string): string {
    if (original === '' || /^(?:<\.\.\.>|<idle>|swapper\/\d+)$/.test(original)) return original;
    return this.give('comm', original, (number) => `comm${number}`);
  }

  /** Part by part, so that what lies in one folder still does; the dots of relative paths stay. */
  path(original: string): string {
    return original
      .split('/')
      .map((part) => (/^\.{0,2}$/.test(part) ? part : this.give('part', part, (number) => `p${number}`)))
      .join('/');
  }

  /** As many digits as the original has, so that columns keep their width. `0x` stays. */
  address(original: string): string {
    const digits = original.replace(/^0x/i, '').toLowerCase();
    const prefix = original.slice(0, original.length - digits.length);
    if (this.addresses.has(digits)) return original;
    const number = this.give('address', digits.replace(/^0+/, ''), (count) => count.toString(16));
    const standIn = number.padStart(digits.length, 'a');
    this.addresses.add(standIn);
    return prefix + standIn;
  }

  ip(original: string): string {
    return this.give('ip', original.toLowerCase(), (number) => `ip${number}`);
  }

  mac(original: string): string {
    return this.give('mac', original.toLowerCase(), (number) => `mac${number}`);
  }

  marker(original: string): string {
    return this.give('marker', original, (number) => `marker${number}`);
  }

  word(original: string): string {
    return this.give('word', original, (number) => `w${number}`);
  }
}
