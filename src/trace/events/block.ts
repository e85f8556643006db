/** include/trace/events/block.h and the body of the blk tracer (kernel/trace/blktrace.c). */
import { type EventGrammar, grammar } from './grammar.js';

/** `8,0 WS 4096 () 1234 + 8 be,0,4 [dd]`: bytes, command and priority depend on event and kernel (priority since 6.11). */
const request = (name: string): EventGrammar =>
  grammar(name, '(\\d+),(\\d+) (\\S*) (?:(\\d+) )?\\((.*?)\\) (\\d+) \\+ (\\d+)(?: (\\w+),(\\d+),(\\d+))? \\[(.*)\\]', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    bytes: 'int',
    cmd: 'text',
    sector: 'int',
    nr_sector: 'int',
    prio_class: 'text',
    prio_hint: 'int',
    prio_level: 'int',
    task_comm: 'text',
  });

/** The same ending in the error number: `[0]`. */
const completed = (name: string): EventGrammar =>
  grammar(name, '(\\d+),(\\d+) (\\S*) \\((.*?)\\) (\\d+) \\+ (\\d+)(?: (\\w+),(\\d+),(\\d+))? \\[(-?\\d+)\\]', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    cmd: 'text',
    sector: 'int',
    nr_sector: 'int',
    prio_class: 'text',
    prio_hint: 'int',
    prio_level: 'int',
    error: 'int',
  });

const bio = (name: string): EventGrammar =>
  grammar(name, '(\\d+),(\\d+) (\\S*) (\\d+) \\+ (\\d+) \\[(.*)\\]', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    sector: 'int',
    nr_sector: 'int',
    task_comm: 'text',
  });

const remapped = (name: string): EventGrammar =>
  grammar(name, '(\\d+),(\\d+) (\\S*) (\\d+) \\+ (\\d+) <- \\((\\d+),(\\d+)\\) (\\d+)(?: (\\d+))?', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    sector: 'int',
    nr_sector: 'int',
    old_major: 'int',
    old_minor: 'int',
    old_sector: 'int',
    nr_bios: 'int',
  });

export const BLOCK_EVENTS = [
  ...['block_rq_issue', 'block_rq_insert', 'block_rq_merge', 'block_io_start', 'block_io_done'].map(request),
  ...['block_rq_complete', 'block_rq_requeue', 'block_rq_error', 'block_rq_abort'].map(completed),
  ...['queue', 'backmerge', 'frontmerge', 'bounce'].map((what) => bio(`block_bio_${what}`)),
  ...['block_getrq', 'block_sleeprq'].map(bio),
  grammar('block_bio_complete', '(\\d+),(\\d+) (\\S*) (\\d+) \\+ (\\d+) \\[(-?\\d+)\\]', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    sector: 'int',
    nr_sector: 'int',
    error: 'int',
  }),
  ...['block_bio_remap', 'block_rq_remap'].map(remapped),
  grammar('block_split', '(\\d+),(\\d+) (\\S*) (\\d+) / (\\d+) \\[(.*)\\]', {
    major: 'int',
    minor: 'int',
    rwbs: 'text',
    sector: 'int',
    new_sector: 'int',
    task_comm: 'text',
  }),
  grammar('block_plug', '\\[(.*)\\]', { task_comm: 'text' }),
  ...['block_unplug', 'block_unplug_io', 'block_unplug_timer'].map((name) =>
    grammar(name, '\\[(.*)\\] (\\d+)', { task_comm: 'text', nr_rq: 'int' }),
  ),
  ...['block_touch_buffer', 'block_dirty_buffer'].map((name) =>
    grammar(name, '(\\d+),(\\d+) sector=(\\d+) size=(\\d+)', {
      major: 'int',
      minor: 'int',
      sector: 'int',
      size: 'int',
    }),
  ),
  // tracer blk: `8,0    Q  WS 0 + 8 [dd]`, a message `m   N text`, a payload of bytes before the comm
  grammar(
    'blk',
    '\\s*(\\d+),(\\d+)\\s+(\\S+)\\s+(\\S+)(?: \\((.*?)\\))?(?: (\\d+) (?:\\+|/) (\\d+))?(?: <- \\((\\d+),(\\d+)\\) (\\d+))?(?: \\[(.*?)\\](?: (\\d+))?)?(?: (.*))?',
    {
      major: 'int',
      minor: 'int',
      action: 'text',
      rwbs: 'text',
      cmd: 'text',
      sector: 'int',
      nr_sector: 'int',
      old_major: 'int',
      old_minor: 'int',
      old_sector: 'int',
      task_comm: 'text',
      nr_rq: 'int',
      message: 'text',
    },
  ),
];
