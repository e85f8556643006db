/** Names and texts from a trace never reach SQL unescaped. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""').replaceAll('\u0000', '')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\u0000', '')}'`;
