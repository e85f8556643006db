import { ByteInterner } from '../base/interner.js';
import { CALL, CALL_BITS, type NameEntry, type NameKind } from '../trace/record.js';

const CLONES: ReadonlySet<string> = new Set(['clone', 'clone3', 'fork', 'vfork']);
const SILENT: ReadonlySet<string> = new Set(['exit', 'exit_group', 'rt_sigreturn', 'sigreturn', 'execve', 'execveat']);

/**
 * Event names of one capture: bytes -> nameId, each name once. Syscalls are looked up by the part after `sys_` and have
 * one id for the enter and one for the exit, named as the kernel names the events (sys_enter_openat, sys_exit_openat).
 */
export class NameTable {
  readonly entries: { name: string; kind: NameKind; keys: readonly string[] }[] = [];
  /** By nameId: is it a text written to trace_marker? */
  readonly isMarker: boolean[] = [];
  /** By nameId: is it a syscall? */
  readonly isSyscall: boolean[] = [];
  /** By nameId: which syscall's line is it (see CALL)? -1: of none. */
  readonly calls: number[] = [];
  /** Names of the syscalls by their id in `calls`. */
  readonly syscallNames: string[] = [];
  private readonly callIds = new Map<string, number>();
  private readonly ids = new Map<string, number>();
  private readonly events = new ByteInterner();
  private readonly eventIds: number[] = [];
  private readonly syscalls = new ByteInterner();
  private readonly enterIds: number[] = [];
  private readonly exitIds: number[] = [];

  event(bytes: Uint8Array, start: number, end: number): number {
    const key = this.events.intern(bytes, start, end);
    let id = this.eventIds[key];
    if (id === undefined) {
      const name = this.events.text(key);
      id = this.named(name, eventKind(name));
      this.eventIds[key] = id;
    }
    return id;
  }

  syscallEnter(bytes: Uint8Array, start: number, end: number): number {
    const key = this.syscalls.intern(bytes, start, end);
    this.enterIds[key] ??= this.named(`sys_enter_${this.syscalls.text(key)}`, 'syscall_enter');
    return this.enterIds[key];
  }

  syscallExit(bytes: Uint8Array, start: number, end: number): number {
    const key = this.syscalls.intern(bytes, start, end);
    this.exitIds[key] ??= this.named(`sys_exit_${this.syscalls.text(key)}`, 'syscall_exit');
    return this.exitIds[key];
  }

  named(name: string, kind: NameKind): number {
    let id = this.ids.get(name);
    if (id === undefined) {
      id = this.entries.length;
      this.ids.set(name, id);
      this.entries.push({ name, kind, keys: [] });
      this.isMarker.push(kind === 'marker');
      this.isSyscall.push(kind === 'syscall_enter' || kind === 'syscall_exit');
      this.calls.push(this.isSyscall[id] === true ? this.callOf(id) : -1);
    }
    return id;
  }

  private callOf(id: number): number {
    const name = this.syscallOf(id);
    let call = this.callIds.get(name);
    if (call === undefined) {
      call = this.syscallNames.push(name) - 1;
      this.callIds.set(name, call);
    }
    const enter = this.entry(id).kind === 'syscall_enter' ? CALL.enter : 0;
    return (call << CALL_BITS) + enter + (CLONES.has(name) ? CALL.clones : 0) + (SILENT.has(name) ? CALL.silent : 0);
  }

  /** `openat` of `sys_enter_openat`. */
  syscallOf(id: number): string {
    return this.entry(id).name.replace(/^sys_e(?:nter|xit)_/, '');
  }

  entry(id: number): NameEntry {
    return this.entries[id] as NameEntry;
  }

  setKeys(id: number, keys: readonly string[]): void {
    (this.entries[id] as { keys: readonly string[] }).keys = keys;
  }
}

function eventKind(name: string): NameKind {
  if (name === 'tracing_mark_write') return 'marker';
  if (name === 'function') return 'function';
  if (name.startsWith('sys_enter_')) return 'syscall_enter';
  return name.startsWith('sys_exit_') ? 'syscall_exit' : 'event';
}
