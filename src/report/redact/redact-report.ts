/**
 * A report without names: comms, paths, addresses, IPs and markers become stable stand-ins in text and data alike. pids,
 * times, events, symbols of the kernel and all numbers stay, so that every statement can still be followed.
 */
import type { AnalysisResult, CellValue, Column, Row } from '../../trace/result.js';
import type { ReportInput } from '../report-input.js';
import { Pseudonyms } from './pseudonyms.js';
import { redactHeader } from './redact-header.js';
import { redactFrame, redactLine } from './redact-line.js';
import { type KnownNames, sentenceRedactor } from './redact-sentence.js';
import { type Harmless, redactNumbers, redactWords } from './redact-words.js';

export interface RedactWords extends KnownNames {
  /** Names of events and functions. */
  readonly harmless: readonly string[];
}

export function redactReport(input: ReportInput, words: RedactWords): ReportInput {
  const names = new Pseudonyms();
  const harmless: Harmless = new Set([...words.harmless, ...HARMLESS]);
  const sentence = sentenceRedactor(words, names);
  const say = (text: string): string => redactNumbers(sentence(text), names);
  const raw = (text: string): string => sentence(redactWords(text, names, harmless));
  const finding = <F extends { readonly text: string }>(one: F): F => ({ ...one, text: say(one.text) });
  const comm = (value: string | null): string | null => (value === null ? null : names.comm(value));
  const name = 'a capture, redacted';
  return {
    ...input,
    title: input.title === input.capture.name ? name : input.title,
    capture: { ...input.capture, name, header: input.capture.header.split('\n').map(redactComment).join('\n') },
    verdicts: input.verdicts.map(finding),
    // An issue quotes the line that was not understood.
    health: input.health.map((one) => ({ ...one, text: say(one.text.replace(/(?<=\([\w ]+\): ).*/s, raw)) })),
    results: input.results.map((result) => redactResult(result)),
    timeline: {
      ...input.timeline,
      tasks: input.timeline.tasks.map((task) => ({ ...task, comm: comm(task.comm) })),
      links: input.timeline.links.map((link) => ({ ...link, evidence: say(link.evidence) })),
      marks: input.timeline.marks.map((mark) => ({ ...mark, text: say(mark.text) })),
    },
    chains: input.chains.map(({ title, chain, ...rest }) => ({
      ...rest,
      title: say(title),
      chain: {
        verdict: say(chain.verdict),
        steps: chain.steps.map((step) => ({ ...step, comm: names.comm(step.comm), text: say(step.text) })),
        gaps: chain.gaps.map(finding),
      },
    })),
    evidence: input.evidence.map((line) => ({ ...line, text: sentence(redactLine(line.text, names, harmless)) })),
  };

  function redactComment(line: string): string {
    return line.startsWith('#') ? redactHeader(line, names) : redactLine(line, names, harmless);
  }

  function redactResult(result: AnalysisResult): AnalysisResult {
    const rows = result.rows.map((row): Row => {
      return Object.fromEntries(
        result.columns.map((column) => [column.name, redactCell(row[column.name] ?? null, column)]),
      );
    });
    return { ...result, rows, findings: result.findings.map(finding) };
  }

  function redactCell(value: CellValue, column: Column): CellValue {
    if (typeof value !== 'string') return value;
    if (/(?:^|_)comm$/.test(column.name)) return names.comm(value);
    if (/(?:^|_)path$|^file(?:name)?$/.test(column.name)) return names.path(value);
    if (column.unit === 'address' || /(?:^|_)addr$/.test(column.name)) return names.address(value);
    if (column.name === 'stack')
      return value
        .split(';')
        .map((frame) => redactFrame(frame, names))
        .join(';');
    if (/^(?:args|ret|text_args)$/.test(column.name)) return raw(value);
    return say(value);
  }
}

/** Words that the kernel prints as values. */
const HARMLESS =
  'default delivered fault arg ret file protocol reason location stack trace idle true false null success'.split(' ');
