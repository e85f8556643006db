/** Which analysis gets which chart. An analysis without an entry has its table alone. */
import type { AnalysisResult } from '../trace/result.js';
import type { ReportContext } from './format.js';
import type { Html } from './html.js';

export function analysisChart(_result: AnalysisResult, _context: ReportContext): Promise<Html | null> {
  return Promise.resolve(null);
}
