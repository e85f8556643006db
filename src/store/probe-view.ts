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
 *   NULL where the kernel shows only its trampoline), args, irq_context (as in flags_dict; NULL where the flags do not say)
 */
import { literal } from '../base/sql-text.js';

const PLACE = String.raw`^([^ +]+)\+0x([0-9a-f]+)/0x[0-9a-f]+(?: |$)`;
/** What stands for the caller when another return probe sits on the same call. */
const TRAMPOLINES = ['[unknown/', 'kretprobe_trampoline', '__kretprobe_trampoline', 'arch_rethook_trampoline'];

/** `names`: events whose lines have the shape of a probe. */
export function probeView(names: readonly string[]): string {
  const chosen = names.length === 0 ? 'false' : `n.kind = 'event' AND n.name IN (${names.map(literal).join(', ')})`;
  return `CREATE OR REPLACE VIEW probe_event AS
    WITH hit AS (
      SELECT e.event_id, nullif(e.pid, -1) AS pid, nullif(e.cpu, -1) AS cpu, known_ts(e.ts) AS ts, n.name, f.irq_context,
        e.args[2:instr(e.args, ')') - 1] AS location, e.args[instr(e.args, ')') + 2:] AS args
      FROM event_row e JOIN name_dict n USING (name_id) JOIN flags_dict f USING (flags_id)
      WHERE ${chosen} AND e.args[1] = '(' AND instr(e.args, ')') > 2
    ),
    split AS (
      SELECT *, contains(location, ' <- ') AS is_return, split_part(location, ' <- ', 1) AS caller,
        CASE WHEN contains(location, ' <- ') THEN split_part(location, ' <- ', 2) ELSE location END AS place
      FROM hit
    ),
    parsed AS (SELECT *, regexp_extract(place, ${literal(PLACE)}, ['function', 'func_offset']) AS x FROM split)
    SELECT event_id, pid, cpu, ts, name, location, is_return,
      CASE WHEN x.function <> '' THEN x.function ELSE split_part(place, ' ', 1) END AS function,
      TRY_CAST('0x' || nullif(x.func_offset, '') AS UBIGINT) AS func_offset,
      CASE WHEN is_return AND NOT (${TRAMPOLINES.map((text) => `starts_with(caller, ${literal(text)})`).join(' OR ')}) THEN caller END AS caller,
      args, irq_context
    FROM parsed
    WHERE place <> '' AND (is_return OR x.function <> '' OR regexp_full_match(place, '0x[0-9a-f]+'))`;
}
