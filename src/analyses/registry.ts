import type { Analysis } from './analysis.js';
import callTree from './call-tree/index.js';
import calls from './calls/index.js';
import chains from './chains/index.js';
import criticalPath from './critical-path/index.js';
import deaths from './deaths/index.js';
import dropPaths from './drop-paths/index.js';
import drops from './drops/index.js';
import files from './files/index.js';
import kernelLog from './kernel-log/index.js';
import life from './life/index.js';
import maps from './maps/index.js';
import packets from './packets/index.js';
import paths from './paths/index.js';
import rates from './rates/index.js';
import sched from './sched/index.js';
import signalPairs from './signal-pairs/index.js';
import signals from './signals/index.js';
import stacks from './stacks/index.js';
import stat from './stat/index.js';
import storms from './storms/index.js';
import syscalls from './syscalls/index.js';
import tasks from './tasks/index.js';
import wakeupLatency from './wakeup-latency/index.js';
import wakeups from './wakeups/index.js';
import zombies from './zombies/index.js';

/** Every analysis, in the order of the report and of the help. Adding one is one folder and one line here. */
export const ANALYSES: readonly Analysis[] = [
  deaths,
  chains,
  zombies,
  signals,
  signalPairs,
  storms,
  tasks,
  life,
  files,
  paths,
  maps,
  syscalls,
  sched,
  wakeups,
  wakeupLatency,
  criticalPath,
  calls,
  callTree,
  drops,
  dropPaths,
  packets,
  stacks,
  kernelLog,
  stat,
  rates,
];
