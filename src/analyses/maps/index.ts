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
    nanos('ts', 'Time', 'when mmap returned'),
    integer('pid', 'PID', 'task'),
    text('comm', 'Comm', 'its name'),
    text('start_addr', 'Start', 'first address'),
    text('end_addr', 'End', 'first address behind it, whole pages'),
    integer('len', 'Length', 'bytes asked for', 'bytes'),
    text('prot', 'Protection', 'by name; as r, w, x for lines of the saved maps'),
    text('flags_text', 'Flags', 'by name'),
    text('path', 'Path', 'file behind the fd, as the capture shows it'),
    integer('fd', 'fd', 'descriptor that was mapped; empty for anonymous memory'),
    nanos('unmap_ts', 'Unmapped', 'when a munmap of its start was entered'),
    text('maps_status', 'Saved maps', 'result of the comparison, where a /proc/PID/maps was given'),
    text('maps_path', 'Path in maps', 'path that the saved maps name there'),
    line('line_no', 'Line', 'line of the mmap'),
  ],
  sql: loadSql(import.meta.url, 'maps.sql'),
});
