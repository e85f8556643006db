import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/** Faults that only a linter that knows the types can see, and the house rules on how a process ends. */
const PLANTS: readonly (readonly [rule: string, code: string])[] = [
  ['@typescript-eslint/no-floating-promises', 'const f = async () => 1;\nf();\n'],
  ['@typescript-eslint/no-misused-promises', 'const f = async () => 1;\n[1].forEach(f);\n'],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    "export const f = (x: 'a' | 'b') => {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n};\n",
  ],
  ['@typescript-eslint/no-unnecessary-condition', 'export const f = (x: { y: 1 }) => x?.y;\n'],
  ['no-restricted-properties', 'process.exit(1);\n'],
  ['no-restricted-syntax', 'process.exitCode = 1;\n'],
];

describe('lint', () => {
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint();
  });

  // The text stands in for a file of the project, so that the linter has its types. The first call reads them all.
  it.each(PLANTS)(
    'sees %s',
    async (rule, code) => {
      const [result] = await eslint.lintText(code, { filePath: 'src/base/errors.ts' });
      expect(result?.messages.map((message) => message.ruleId)).toEqual([rule]);
    },
    120_000,
  );
});
