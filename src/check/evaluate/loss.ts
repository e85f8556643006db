/** How much of what happened the capture holds. */
import { formatCount } from '../../base/format-time.js';
import type { CheckCapture } from '../capture.js';
import { formatQuantity, type Quantity } from '../rules/quantity.js';
import type { Outcome } from '../verdict.js';
import { failed, notApplicable, passed, plural } from './words.js';

export function judgeLoss(capture: CheckCapture, limit: Quantity): Outcome {
  const expected = `${formatQuantity(limit)} lost events at the most`;
  const more = ['info', 'CAPTURE'];
  const { lostEvents, events, gaps, counted } = capture;
  if (lostEvents === null) return failed({ expected, found: 'events are missing, and nobody counted them', more });
  const share = `${formatCount(lostEvents)} of ${formatCount(lostEvents + events)}`;
  if (beyond(lostEvents, lostEvents + events, limit)) return failed({ expected, found: share, more });
  if (lostEvents === 0 && gaps > 0 && limit.value === 0) {
    return failed({ expected, found: `${plural(gaps, 'stretch', 'stretches')} of which events are missing`, more });
  }
  if (!counted && lostEvents === 0) {
    const found = "the capture lacks the header line with the kernel's own count (entries-in-buffer/entries-written)";
    return notApplicable({ expected, found, more });
  }
  return passed({ expected, found: lostEvents === 0 ? 'none' : share, more });
}

export function judgeIssues(capture: CheckCapture, limit: Quantity): Outcome {
  const told = {
    expected: `${formatQuantity(limit)} lines not fully understood at the most`,
    found: capture.issues === 0 ? 'none' : `${formatCount(capture.issues)} of ${plural(capture.lines, 'line')}`,
    more: ['info', 'CAPTURE'],
  };
  return beyond(capture.issues, capture.lines, limit) ? failed(told) : passed(told);
}

const beyond = (count: number, all: number, { value, dimension }: Quantity): boolean =>
  dimension === 'percent' ? count * 100 > value * all : count > value;
