// Compares a score with the floor in floor.json. The floor only rises.
//   node .ci/score.mjs SCORE.json            fails when a number is below the floor
//   node .ci/score.mjs SCORE.json --raise    also writes the numbers that are above it
// SCORE.json: {"imported": n, "records": [n, of], "lines": [n, of], "refused": [n, of], "facts": [n, of], "misses": [...]}
import { readFileSync, writeFileSync } from 'node:fs';

const FLOOR = new URL('floor.json', import.meta.url);
const [file, ...options] = process.argv.slice(2);
const raise = options.includes('--raise');

const score = JSON.parse(readFileSync(file, 'utf8'));
const floor = JSON.parse(readFileSync(FLOOR, 'utf8'));
const reached = (value) => (Array.isArray(value) ? value[0] : value);

const fallen = [];
const raised = { ...floor };
for (const [name, least] of Object.entries(floor)) {
  const now = reached(score[name]);
  const of = Array.isArray(score[name]) ? ` of ${score[name][1]}` : ` of ${score.captures}`;
  console.log(`score: ${name} ${now}${of}, floor ${least}`);
  if (!(now >= least)) fallen.push(`score: ${name} fell to ${now}, the floor is ${least}`);
  else if (now > least) raised[name] = now;
}

if (fallen.length > 0) {
  for (const line of [...(score.misses ?? []), ...fallen]) console.error(line);
  process.exitCode = 1;
} else if (raise) {
  writeFileSync(FLOOR, `${JSON.stringify(raised, null, 2)}\n`);
}
