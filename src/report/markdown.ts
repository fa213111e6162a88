/** Markdown in which text from elsewhere is text, and nothing else. */

import { printable } from './printable.ts';

/** Text that Markdown shows as it is. */
export function inMarkdown(text: string): string {
  return printable(text).replace(/[\\|<>*[\]`~&]|(?<!\w)_|_(?!\w)/g, '\\$&');
}

/** Text as code: links, mentions and markup in it stay letters. Fit for a table. */
export function codeSpan(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown.trim() === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A table below a heading; the cells are Markdown. */
export function markdownTable(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `## ${title}\n\n${[headings, headings.map(() => '---'), ...rows].map(row).join('\n')}\n`;
}

/** Text in a block of its own, whatever fences are in it. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Text that is opened by a click. */
export function folded(title: string, content: string): string {
  return `<details><summary>${inMarkdown(title)}</summary>\n\n${content}\n\n</details>\n`;
}
