/**
 * `probe_event`: every line that a kprobe, kretprobe, fprobe or uprobe printed, whatever names people gave to their probes.
 *
 *   p   NAME: (SYMBOL+0xOFFSET/0xSIZE [MODULE]) ARGS   or   NAME: (0xADDRESS) ARGS
 *   r   NAME: (CALLER+0xOFFSET/0xSIZE <- FUNCTION) ARGS
 *
 * (kernel/trace/trace_kprobe.c, print_kprobe_event and print_kretprobe_event, 4.0 to 6.18.) An event probe prints
 * `(system.event)` there: it has no function and is not one of these.
 *
 *   event_id, pid, cpu, ts, name, location (text between the parentheses), is_return,
 *   function (symbol, or the address of a uprobe), func_offset (NULL for an address), caller (of a return, with its offset;
 *   NULL where the kernel shows only its trampoline), args
 */
import { literal } from './identifier.js';

const HIT = String.raw`(?s)^\(([^()]*)\)(?: (.*))?$`;
const PLACE = String.raw`^([^ +]+)\+0x([0-9a-f]+)/0x[0-9a-f]+( \[[^\]]*\]| <[0-9a-fx]+>)*$`;
const ADDRESS = '^0x[0-9a-f]+$';
/** What stands for the caller when another return probe sits on the same call. */
const TRAMPOLINE = String.raw`^\[unknown|^(__)?kretprobe_trampoline|^arch_rethook_trampoline|^rethook_trampoline`;

/** `names`: events whose lines have the shape of a probe. */
export function probeView(names: readonly string[]): string {
  const chosen = names.length === 0 ? 'false' : `n.kind = 'event' AND n.name IN (${names.map(literal).join(', ')})`;
  return `CREATE OR REPLACE VIEW probe_event AS
    WITH hit AS (
      SELECT e.event_id, nullif(e.pid, -1) AS pid, nullif(e.cpu, -1) AS cpu, known_ts(e.ts) AS ts, n.name,
        regexp_extract(e.args, ${literal(HIT)}, ['place', 'args']) AS x
      FROM event_row e JOIN name_dict n USING (name_id)
      WHERE ${chosen}
    ),
    split AS (
      SELECT event_id, pid, cpu, ts, name, x.place AS location, x.args AS args, contains(x.place, ' <- ') AS is_return,
        CASE WHEN contains(x.place, ' <- ') THEN split_part(x.place, ' <- ', 1) END AS caller,
        CASE WHEN contains(x.place, ' <- ') THEN split_part(x.place, ' <- ', 2) ELSE x.place END AS place
      FROM hit
    )
    SELECT event_id, pid, cpu, ts, name, location, is_return, regexp_extract(place, '^[^ +]+') AS function,
      TRY_CAST('0x' || nullif(regexp_extract(place, ${literal(PLACE)}, 2), '') AS UBIGINT) AS func_offset,
      CASE WHEN NOT regexp_matches(caller, ${literal(TRAMPOLINE)}) THEN caller END AS caller, args
    FROM split
    WHERE place <> '' AND (is_return OR regexp_matches(place, ${literal(PLACE)}) OR regexp_matches(place, ${literal(ADDRESS)}))`;
}
