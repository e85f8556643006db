// Loaded before the program under measurement: leaves the peak memory of its process (KiB) in a file when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.FTRAIL_BENCH_PEAK, String(process.resourceUsage().maxRSS)));
