/** The rig that boots kernels, and why there is none. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Kinds of kernels, by the names of their packages. */
const KINDS: Readonly<Record<string, RegExp>> = {
  '6.1': /^linux-image-6\.1\.0-\d+-amd64$/,
  '6.1-rt': /^linux-image-6\.1\.0-\d+-rt-amd64$/,
  '6.12': /^linux-image-6\.12\..*deb12-amd64$/,
  '6.12-rt': /^linux-image-6\.12\..*deb12-rt-amd64$/,
};

const rig = process.env.FTRAIL_RIG;
const build = process.env.RIG_BUILD ?? join(homedir(), '.cache', 'ftrail-rig');

function fetched(): string[] {
  const found = existsSync(join(build, 'kern')) ? readdirSync(join(build, 'kern')) : [];
  const wanted = process.env.FTRAIL_RIG_KERNELS?.split(/[ ,]+/);
  return Object.entries(KINDS)
    .filter(([name, pattern]) => found.some((folder) => pattern.test(folder)) && wanted?.includes(name) !== false)
    .map(([name]) => name);
}

function whyNot(): string | undefined {
  if (rig === undefined) return 'FTRAIL_RIG names no rig';
  if (!existsSync(join(rig, 'run.sh'))) return `FTRAIL_RIG=${rig} has no run.sh`;
  if (spawnSync('qemu-system-x86_64', ['--version']).error !== undefined) return 'there is no qemu-system-x86_64';
  if (fetched().length === 0) return `no kernel is fetched in ${build}: run setup.sh of the rig`;
  return undefined;
}

/** Why no kernel can be booted; undefined: they can. */
export const MISSING = whyNot();
export const KERNELS = MISSING === undefined ? fetched() : ['a kernel'];

/** Boots a kernel with these scenarios and runs the one named `main`; gives the folder of each result by name. */
export function boot(
  kernel: string,
  scenarios: Readonly<Record<string, string>>,
  main: string,
): (name: string) => string {
  const copy = mkdtempSync(join(tmpdir(), 'ftrail-rig-'));
  cpSync(rig as string, copy, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', copy]);
  for (const [name, text] of Object.entries(scenarios)) {
    writeFileSync(join(copy, 'scenarios', `${name}.sh`), text);
    chmodSync(join(copy, 'scenarios', `${name}.sh`), 0o755);
  }
  const seconds = '1500';
  // An emulator on a busy machine ticks late; the kernel need not hold that against it.
  const env = { ...process.env, EXTRA: `no_timer_check ${process.env.EXTRA ?? ''}` };
  execFileSync(join(copy, 'run.sh'), [main, kernel, '1024', '2', seconds], { env, stdio: 'ignore' });
  execFileSync('rm', ['-rf', copy]);
  return (name) => join(build, 'out', kernel === '6.1' ? name : `${name}-${kernel}`);
}
