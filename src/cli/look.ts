import type { Store } from '../store/store.js';
import type { Clock, Look } from './format/types.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { say } from './session.js';

/** NO_COLOR (https://no-color.org) counts when it is set and not empty. */
export const wantsColor = (io: Io, options: Pick<CommonOptions, 'color'>): boolean =>
  options.color && io.stdout.isTTY === true && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';

export async function lookAt(io: Io, options: CommonOptions, store: Store): Promise<Look> {
  const [row] = await store.rows('SELECT time_unit FROM capture ORDER BY capture_id LIMIT 1');
  return {
    clock: { unit: (row?.time_unit ?? 'us') as Clock['unit'] },
    color: wantsColor(io, options),
    width: io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : undefined,
    leftOut: (names) =>
      say(io, options, `no room for the columns ${names.join(', ')}: a wider terminal or --format csv shows them`),
  };
}
