import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';

export default defineAnalysis({
  id: 'maps',
  title: 'Memory maps',
  question: 'What did each task map into its memory, and does a saved /proc/PID/maps agree?',
  needs: [['sys_enter_mmap', 'sys_exit_mmap']],
  params: [],
  columns: [
    nanos('ts', 'Time', 'when the call that made it so returned'),
    integer('pid', 'PID', 'task that called'),
    text('comm', 'Comm', 'its name'),
    text('start_addr', 'Start', 'first address'),
    text('end_addr', 'End', 'first address behind it, whole pages'),
    integer('len', 'Length', 'bytes between them', 'bytes'),
    text(
      'prot',
      'Protection',
      'by name; as r, w, x for lines of the saved maps; empty when the capture does not show it',
    ),
    text('flags_text', 'Flags', 'of the mmap, by name'),
    text('path', 'Path', 'file behind the fd, as the capture shows it'),
    text('offset', 'Offset', 'place of the first address in the file'),
    integer('fd', 'fd', 'descriptor that was mapped; empty for anonymous memory'),
    text('how', 'Call', 'what made it so: mmap, mremap, brk, or mprotect'),
    nanos('until_ts', 'Until', 'when the call that ended it was entered, or the exec or exit'),
    text(
      'ended',
      'Ended by',
      'munmap, replace (mapped over), mremap, brk, mprotect (goes on with another protection), exec, exit; unknown: not to be told',
    ),
    text('maps_status', 'Saved maps', 'result of the comparison, where a /proc/PID/maps was given'),
    text('maps_path', 'Path in maps', 'path that the saved maps name there'),
    line('line_no', 'Line', 'line of the call'),
  ],
  sql: loadSql(import.meta.url, 'maps.sql'),
});
