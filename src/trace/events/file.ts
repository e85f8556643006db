/** fs:do_sys_open and its companions are no mainline tracepoints; Ubuntu, ChromiumOS and Android kernels carry them. */
import { grammar } from './grammar.js';

export const FILE_EVENTS = [
  // flags are hex, mode is octal, both without prefix
  grammar('do_sys_open', '"(.*)" ([0-9a-f]+) ([0-7]+)', { filename: 'text', flags: 'hex', mode: 'text' }),
  grammar('open_exec', '"(.*)"', { filename: 'text' }),
  grammar('uselib', '"(.*)"', { filename: 'text' }),
];
