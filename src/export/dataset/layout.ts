/**
 * Where the files of a dataset are: `<relation>/capture_date=D/host=H/capture_id=C/v<schema>-<export>.parquet`, the partitions of
 * Hive. Names of Hive: an unknown value is __HIVE_DEFAULT_PARTITION__, and characters that a path could mean something by are %XX.
 */

/** What the captures of a folder are told apart by. NULL: unknown. */
export interface Partition {
  readonly captureId: string;
  /** YYYY-MM-DD */
  readonly captureDate: string | null;
  readonly host: string | null;
}

/** How Hive, Spark and Trino write that a value is not known. */
const UNKNOWN = '__HIVE_DEFAULT_PARTITION__';

/** As `escapePathName` of Hive (common/FileUtils) and of Spark (ExternalCatalogUtils): what it leaves alone no shell and no glob takes for more. */
const SPECIAL = /[\u0001-\u001f"#%'*/:=?\\\u007f{[\]^]/g;

const escapeValue = (value: string | null): string =>
  value === null || value === ''
    ? UNKNOWN
    : value.replace(SPECIAL, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** Path of a partition below the folder of a relation; always three names with a `=` in them, so never `..` nor absolute. */
export const partitionPath = ({ captureDate, host, captureId }: Partition): string =>
  `capture_date=${escapeValue(captureDate)}/host=${escapeValue(host)}/capture_id=${escapeValue(captureId)}`;

const versionPrefix = (schemaVersion: string): string => `v${schemaVersion}-`;

/** One name for each export, so that no two writers have the same. */
export const fileName = (schemaVersion: string, exportId: string): string =>
  `${versionPrefix(schemaVersion)}${exportId}.parquet`;

/** The files of a relation that this version of the schema wrote. */
export const filesOf = (folder: string, relation: string, schemaVersion: string): string =>
  `${folder}/${relation}/capture_date=*/host=*/capture_id=*/${versionPrefix(schemaVersion)}*.parquet`;

/** The same of any version. */
export const allFilesOf = (folder: string, relation: string): string =>
  `${folder}/${relation}/capture_date=*/host=*/capture_id=*/v*.parquet`;

/** A folder that holds this folder is a dataset. */
export const MARK = 'capture';

const LONGEST = 200;

/** Why a value cannot name a partition; undefined: it can. */
export function whyNoPartition(value: string): string | undefined {
  if (value === UNKNOWN) return 'is how unknown is written';
  if (Buffer.byteLength(escapeValue(value)) > LONGEST) return `is longer than ${LONGEST} bytes`;
  if (value.includes('\u0000')) return 'holds a zero byte';
  return undefined;
}
