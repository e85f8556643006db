/** vitest global set-up: unpacks the packaged Chromium once, before test files share it. */
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

export default async function unpackBrowser(project: TestProject): Promise<void> {
  project.provide('chromiumPath', await chromium.executablePath());
}

declare module 'vitest' {
  interface ProvidedContext {
    chromiumPath: string;
  }
}
