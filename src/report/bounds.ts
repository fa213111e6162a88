/** How much of a text a report for another tool takes: answers may have megabytes. */

export const LONGEST_MESSAGE = 1000;
export const LONGEST_SCRIPT = 12_000;
export const LONGEST_BODY = 4000;
