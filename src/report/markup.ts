/** HTML and XML in which everything that is put in is escaped: text cannot become markup by mistake. */

import { htmlEscape } from 'escape-goat';
import { printable } from './printable.ts';

const MARKUP = Symbol('markup');

/** Text that is markup already. JSON cannot hold one: the key is a symbol. */
export interface Markup {
  readonly [MARKUP]: string;
}

/** What a template takes: text is escaped, markup is not, `undefined` is nothing. */
export type Content = string | number | Markup | readonly Markup[] | undefined;

/**
 * A template of HTML or XML. Text in it is made printable and then escaped, so that it is safe between tags
 * and in quoted attributes, and holds no character that XML 1.0 forbids.
 *
 * @example textOf(markup`<b title="${'"'}">${'<i>'}</b>`) // '<b title="&quot;">&lt;i&gt;</b>'
 */
export function markup(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return trusted(String.raw({ raw: pieces }, ...contents.map(inMarkup)));
}

function inMarkup(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'object') {
    return MARKUP in content ? content[MARKUP] : content.map(textOf).join('');
  }
  return htmlEscape(printable(String(content)));
}

/** Takes our own text for markup. Never pass it anything that came from elsewhere. */
export function trusted(text: string): Markup {
  return { [MARKUP]: text };
}

/** Text of several lines that stay lines. */
export function multiline(text: string): Markup {
  return trusted(htmlEscape(text.split('\n').map(printable).join('\n')));
}

/** The finished document. */
export function textOf(content: Markup): string {
  return content[MARKUP];
}
