import { literal } from '../base/sql-text.js';
import { type EventGrammar, KNOWN_EVENTS, type TextForm } from '../trace/events/index.js';
import { optionalGroups } from '../trace/events/optional-groups.js';
import type { Store } from './store.js';
import type { TextShape } from './text-relation.js';

function shape({ pattern, fields }: TextForm): TextShape {
  const optional = optionalGroups(pattern);
  return {
    pattern,
    fields: fields.map(([name, type], i) => ({ name, type, optional: optional.has(i) })),
    marked: false,
  };
}

const fits = ({ pattern }: TextForm, line: string): boolean => new RegExp(`^(?:${pattern})$`, 's').test(line);

/**
 * The shapes that the store's lines of a known event have: the usual one, and those of its variants that some capture shows.
 * How a text is printed holds for a whole file, so one line of each capture tells. `strange`: a line that fits none of them; a
 * probe may have been given the name of a known event.
 */
export function knownShapes(
  grammar: EventGrammar,
  lines: readonly string[],
): { shapes: TextShape[]; strange: boolean } {
  const other = lines.filter((line) => !fits(grammar, line));
  const variants = grammar.variants.filter((variant) => other.some((line) => fits(variant, line)));
  const strange = other.some((line) => !variants.some((variant) => fits(variant, line)));
  return { shapes: [shape(grammar), ...variants.map(shape)], strange };
}

/** The usual shape and all others that some kernel prints. */
export const allShapes = (grammar: EventGrammar): TextShape[] => [shape(grammar), ...grammar.variants.map(shape)];

/** The first line of each known event in each capture. */
export async function knownLines(store: Store): Promise<Map<string, string[]>> {
  const rows = await store.rows(
    `WITH one AS (SELECT min(event_id) AS event_id FROM event_row GROUP BY capture_id, name_id)
     SELECT n.name, to_json(list(e.args)) AS lines FROM one JOIN event_row e USING (event_id) JOIN name_dict n USING (name_id)
     WHERE n.name IN (${[...KNOWN_EVENTS.keys()].map(literal).join(', ')}) GROUP BY n.name`,
  );
  return new Map(rows.map((row) => [String(row.name), JSON.parse(String(row.lines)) as string[]]));
}
