import { readFileSync } from 'node:fs';

/** The statement in the file beside the caller: `loadSql(import.meta.url, 'tasks.sql')`. */
export const loadSql = (caller: string, file: string): string => readFileSync(new URL(file, caller), 'utf8');
