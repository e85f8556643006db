/** What a redacted report must not hold, and what it may: from the store, which knows it by column. */
import type { RedactWords } from '../../report/redact/redact-report.js';
import type { Store } from '../../store/store.js';

const texts = async (store: Store, sql: string): Promise<string[]> =>
  (await store.rows(sql)).map((row) => String(row.text)).filter((text) => text !== '');

export async function redactWordsOf(store: Store): Promise<RedactWords> {
  const columns = await store.rows(
    `SELECT table_name AS event, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'ev' AND regexp_matches(column_name, '(^|_)(comm|path|filename|pathname|dev)$') AND data_type = 'VARCHAR'
     ORDER BY ALL`,
  );
  const comms = await texts(
    store,
    `SELECT DISTINCT comm AS text FROM (
       SELECT comm FROM comm_dict UNION SELECT comm FROM task
       UNION SELECT sender_comm FROM signal UNION SELECT target_comm FROM signal) WHERE comm IS NOT NULL ORDER BY ALL`,
  );
  const paths = await texts(
    store,
    `SELECT DISTINCT path AS text FROM (
       SELECT path FROM file UNION SELECT path FROM mapping UNION SELECT exec_path FROM task) WHERE path IS NOT NULL ORDER BY ALL`,
  );
  for (const { event, name } of columns) {
    const quoted = [event, name].map((part) => `"${String(part).replaceAll('"', '""')}"`);
    const found = await texts(
      store,
      `SELECT DISTINCT ${quoted[1]} AS text FROM ev.${quoted[0]} WHERE ${quoted[1]} IS NOT NULL ORDER BY ALL`,
    );
    if (String(name).endsWith('comm')) comms.push(...found);
    else paths.push(...found);
  }
  const harmless = await texts(
    store,
    `SELECT DISTINCT text FROM (
       SELECT name AS text FROM name_dict WHERE kind <> 'marker'
       UNION SELECT regexp_replace(name, '^sys_(enter|exit)_', 'sys_') FROM name_dict WHERE kind LIKE 'syscall%'
       UNION SELECT symbol FROM stack_frame WHERE space = 'kernel') WHERE text IS NOT NULL ORDER BY ALL`,
  );
  return { comms: unique(comms), paths: unique(paths), harmless };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
