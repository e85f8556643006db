/** Which sections a report shows. */

/** Sections that are not analyses and can be chosen. */
export const OWN_SECTIONS = ['timeline', 'causes', 'limits'];

/** The verdict, the health of the capture and the lines belong to every report. */
const ALWAYS = new Set(['verdict', 'capture', 'evidence']);

export const isShown = (id: string, chosen: readonly string[] | null): boolean =>
  chosen === null || ALWAYS.has(id) || chosen.includes(id);
