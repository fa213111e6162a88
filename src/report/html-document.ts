/** One HTML file that needs nothing else, and runs only its own script. */

import { createHash } from 'node:crypto';
import type { RunVerdict } from '../verdict/report.ts';
import { script } from './html-script.ts';
import { styles } from './html-styles.ts';
import { type Markup, markup, textOf, trusted } from './markup.ts';

export interface HtmlDocument {
  readonly title: string;
  /** What the icon tells. */
  readonly verdict: RunVerdict;
  /** May hold the script of reports, and no other. */
  readonly body: Markup;
}

const DOT_OF_VERDICT: Readonly<Record<RunVerdict, string>> = {
  conformant: '%231a7f3c',
  nonconformant: '%23c0262d',
  inconclusive: '%239a6700',
};

/** The document, with a policy that lets it load nothing. */
export function documentInHtml({ title, verdict, body }: HtmlDocument): string {
  const dot = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='${DOT_OF_VERDICT[verdict]}'/%3E%3C/svg%3E`;
  return `<!doctype html>\n${textOf(markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${dot}">
<style>${trusted(styles)}</style>
</head>
<body>
${body}
</body>
</html>`)}\n`;
}

/** Nothing is loaded; only the style sheet and the script with these hashes count. */
function policy(): string {
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(styles)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
