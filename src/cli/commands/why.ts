import { explain, type Selector } from '../../app/explain/index.js';
import { safeJson } from '../format/json.js';
import { narrative } from '../format/narrative.js';
import { emit, type Io } from '../io.js';
import { lookAt } from '../look.js';
import type { CommonOptions } from '../options.js';
import { withCapture } from '../session.js';

export async function runWhy(io: Io, argument: string, options: CommonOptions & Selector): Promise<void> {
  await withCapture(io, argument, options, async ({ store }) => {
    const chain = await explain(store, options);
    if (options.format === 'json') await emit(io.stdout, `${safeJson(chain, 2)}\n`);
    else await emit(io.stdout, narrative(chain, await lookAt(io, options, store)));
  });
}
