/** Longer texts are not searched. */
const MOST_SEARCHED = 16 * 1024 * 1024;

/**
 * Where a text stops being JSON, in words. The engine's own message is not used: it quotes the text, which
 * may hold secrets, and often does not say where.
 */
export function placeOfMistake(text: string): string {
  if (isBeginning(text)) return 'it ends too early';
  if (text.length > MOST_SEARCHED) return 'somewhere in it is a mistake';
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const line = text.slice(0, good).split('\n');
  return `the mistake is in line ${line.length}, column ${(line.at(-1) ?? '').length + 1}`;
}

/** Whether more text could make it JSON: then the mistake is at its end. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    return message.startsWith('Unexpected end') || Number(position) >= text.length;
  }
}
