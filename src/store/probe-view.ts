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
import { inCaptures, type OfCaptures } from './text-relation.js';

const PLACE = String.raw`^([^ +]+)\+0x([0-9a-f]+)/0x[0-9a-f]+(?: |$)`;
/** What stands for the caller when another return probe sits on the same call. */
const TRAMPOLINES = ['[unknown/', 'kretprobe_trampoline', '__kretprobe_trampoline', 'arch_rethook_trampoline'];

/**
 * `probes`: events whose lines have the shape of a probe, in these captures. Beside the view: `probe_name`, the name_ids of those events, and macros that
 * take the text between the parentheses apart, for who reads each text once instead of each line (model/probe.sql).
 */
export function probeView(probes: readonly { readonly name: string; readonly captures: OfCaptures }[]): string {
  const everywhere = probes.filter(({ captures }) => captures === undefined).map(({ name }) => literal(name));
  const somewhere = probes
    .filter(({ captures }) => captures !== undefined)
    .map(({ name, captures }) => `name = ${literal(name)} AND ${inCaptures('of_capture_id', captures)}`);
  const any = [...(everywhere.length === 0 ? [] : [`name IN (${everywhere.join(', ')})`]), ...somewhere];
  const chosen = any.length === 0 ? 'false' : `kind = 'event' AND (${any.join(' OR ')})`;
  const trampoline = TRAMPOLINES.map((text) => `starts_with(location, ${literal(text)})`).join(' OR ');
  return `CREATE OR REPLACE VIEW probe_name AS SELECT name_id FROM name_dict WHERE ${chosen};
    CREATE OR REPLACE MACRO probe_target(location) AS
      CASE WHEN contains(location, ' <- ') THEN split_part(location, ' <- ', 2) ELSE location END;
    CREATE OR REPLACE MACRO probe_symbol(target) AS regexp_extract(target, ${literal(PLACE)}, ['function', 'func_offset']);
    CREATE OR REPLACE MACRO probe_function(target, symbol) AS
      CASE WHEN symbol.function <> '' THEN symbol.function ELSE split_part(target, ' ', 1) END;
    CREATE OR REPLACE MACRO probe_offset(symbol) AS TRY_CAST('0x' || nullif(symbol.func_offset, '') AS UBIGINT);
    CREATE OR REPLACE MACRO probe_caller(location) AS
      CASE WHEN contains(location, ' <- ') AND NOT (${trampoline}) THEN split_part(location, ' <- ', 1) END;
    CREATE OR REPLACE MACRO is_probe(location, target, symbol) AS
      target <> '' AND (contains(location, ' <- ') OR symbol.function <> '' OR regexp_full_match(target, '0x[0-9a-f]+'));
    CREATE OR REPLACE VIEW probe_event AS
    WITH hit AS (
      SELECT e.event_id, nullif(e.pid, -1) AS pid, nullif(e.cpu, -1) AS cpu, known_ts(e.ts) AS ts, n.name, f.irq_context,
        e.args[2:instr(e.args, ')') - 1] AS location, e.args[instr(e.args, ')') + 2:] AS args
      FROM event_row e SEMI JOIN probe_name USING (name_id) JOIN name_dict n USING (name_id) JOIN flags_dict f USING (flags_id)
      WHERE e.args[1] = '(' AND instr(e.args, ')') > 2
    ),
    parsed AS (SELECT *, probe_target(location) AS target, probe_symbol(probe_target(location)) AS x FROM hit)
    SELECT event_id, pid, cpu, ts, name, location, contains(location, ' <- ') AS is_return,
      probe_function(target, x) AS function, probe_offset(x) AS func_offset, probe_caller(location) AS caller, args, irq_context
    FROM parsed
    WHERE is_probe(location, target, x)`;
}
