/** Lines that are no part of a trace, but known. */

/** Dots that a person left in place of lines. */
export const ELISION =
  /^[ \t]*(?:\[?(?:\.{3,}|\u00e2\u0080\u00a6|\. \. \.)\]?|[<[(]?\.* ?(?:snip|cut|skipped|omitted) ?\.*[>\])]?)[ \t]*$/i;

/** What trace-cmd and atrace say before the trace. */
export const PREFACE =
  /^(?:cpus=\d+|version = \d+|CPU \d+ is empty|\[Initializing.*|trace-cmd: .*|capturing trace\.\.\..*|TRACE:)\s*$/;
