/**
 * What a reader has chosen, kept in the address after the anchor (`#signals?pid=5441&q=libc`), so that a link into a
 * report can be sent. Setting a value changes the address without a step in the history.
 */
export type StateKey =
  | 'q'
  | 'pid'
  | 'signal'
  | 'cpu'
  | 'from'
  | 'to'
  | 'scale'
  | 'zoom'
  | 'pick'
  | 'line'
  | 'theme'
  | 'keys';

const KEYS: readonly StateKey[] = [
  'q',
  'pid',
  'signal',
  'cpu',
  'from',
  'to',
  'scale',
  'zoom',
  'pick',
  'line',
  'theme',
  'keys',
];

type Listener = (changed: ReadonlySet<StateKey>) => void;

export class ViewState {
  private values = new Map<StateKey, string>();
  private anchor = '';
  private readonly listeners: Listener[] = [];

  /** Reads the address; later changes of it by links and by hand are followed. */
  start(): void {
    this.follow();
    window.addEventListener('hashchange', () => this.follow());
  }

  get(key: StateKey): string {
    return this.values.get(key) ?? '';
  }

  set(changes: Partial<Record<StateKey, string>>): void {
    const changed = new Set<StateKey>();
    for (const key of KEYS) {
      const value = changes[key];
      if (value === undefined || value === this.get(key)) continue;
      if (value === '') this.values.delete(key);
      else this.values.set(key, value);
      changed.add(key);
    }
    if (changed.size === 0) return;
    this.write();
    this.tell(changed);
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  private follow(): void {
    const [anchor = '', query] = location.hash.slice(1).split('?');
    this.anchor = anchor;
    if (query === undefined) {
      // A plain link inside the page keeps what was chosen.
      if (this.values.size > 0) this.write();
      return;
    }
    const params = new URLSearchParams(query);
    const changed = new Set<StateKey>();
    for (const key of KEYS) {
      const value = params.get(key) ?? '';
      if (value === this.get(key)) continue;
      if (value === '') this.values.delete(key);
      else this.values.set(key, value);
      changed.add(key);
    }
    if (changed.size > 0) this.tell(changed);
    this.arrive();
  }

  /** Goes to the anchor of an address that also holds choices; the browser does it only for a bare one. */
  arrive(): void {
    if (location.hash.includes('?')) document.getElementById(this.anchor)?.scrollIntoView();
  }

  private write(): void {
    const params = new URLSearchParams([...this.values]);
    const query = this.values.size > 0 ? `?${params.toString()}` : '';
    history.replaceState(null, '', `#${this.anchor}${query}`);
  }

  private tell(changed: ReadonlySet<StateKey>): void {
    for (const listener of this.listeners) listener(changed);
  }
}
