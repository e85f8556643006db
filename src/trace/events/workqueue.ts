/** include/trace/events/workqueue.h */
import { grammar } from './grammar.js';

export const WORKQUEUE_EVENTS = [
  // the queue by its address until 5.10, then by name; req_cpu -1 or 8192 is any CPU
  grammar('workqueue_queue_work', 'work struct=(\\S+) function=(.*?) workqueue=(.*?) req_cpu=(-?\\d+) cpu=(-?\\d+)', {
    work: 'hex',
    func: 'text',
    workqueue: 'text',
    req_cpu: 'int',
    queued_cpu: 'int',
  }),
  // function since 5.x in end, and since 6.x in activate
  grammar('workqueue_activate_work', 'work struct (\\S+)(?: function=(.*))?', { work: 'hex', func: 'text' }),
  ...['workqueue_execute_start', 'workqueue_execute_end'].map((name) =>
    grammar(name, 'work struct (\\S+?)(?:: function (.*))?', { work: 'hex', func: 'text' }),
  ),
];
