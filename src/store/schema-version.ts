/** Raised whenever a store written before can no longer be read; see CHANGELOG.md. */
export const SCHEMA_VERSION = '6';
