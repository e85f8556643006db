import type { Store } from '../store/store.js';
import type { Clock, Look } from './format/types.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { say } from './session.js';

/** NO_COLOR (https://no-color.org) counts when it is set and not empty. */
export const wantsColor = (io: Io, options: Pick<CommonOptions, 'color'>): boolean =>
  options.color && io.stdout.isTTY === true && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';

/** One column holds the times of all captures: seconds where all have seconds, with the digits of the finest; else plain numbers. */
const commonUnit = (units: readonly Clock['unit'][]): Clock['unit'] =>
  (['tick', 'ns', 'us'] as const).find((unit) => units.includes(unit)) ?? units[0] ?? 'us';

export async function lookAt(io: Io, options: CommonOptions, store: Store): Promise<Look> {
  const units = (await store.rows('SELECT DISTINCT time_unit FROM capture')).map(
    (row) => row.time_unit as Clock['unit'],
  );
  return {
    clock: { unit: commonUnit(units) },
    color: wantsColor(io, options),
    width: io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : undefined,
    leftOut: (names) =>
      say(io, options, `no room for the columns ${names.join(', ')}: a wider terminal or --format csv shows them`),
  };
}
