/**
 * The interrupt-context character among the flags: '.' task, 's' softirq, 'h' hardirq, 'H' hardirq in softirq, 'z' and 'Z'
 * NMI (kernel/trace/trace_output.c, trace_print_lat_fmt). Its place is taken from the header's legend. null: the flags do
 * not say, or hold something else there (uprobe events print garbage).
 */
export function irqContext(legend: readonly string[], flags: string): string | null {
  const char = flags.charAt(position(legend, flags));
  return /^[.shHzZ]$/.test(char) ? char : null;
}

function position(legend: readonly string[], flags: string): number {
  const named = legend.indexOf('hardirq/softirq');
  // osnoise, timerlat and function_graph on RT print a legend of another length than their flags; up to 5.14 a preempt depth
  // of two digits makes four columns five characters.
  if (named >= 0 && (flags.length === legend.length || (legend.length === 4 && flags.length === 5))) return named;
  // No legend (trace_pipe, pasted text): 4 and 5 characters are mainline, 7 and 8 are RT with a lazy column before it.
  return flags.length >= 7 ? 3 : 2;
}
