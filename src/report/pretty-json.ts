/** JSON on lines of its own, token by token, so that numbers and escapes stay as they were sent. */

/** JSON laid out, and where a member stands in it. */
export interface PrettyJson {
  readonly text: string;
  /** Start and end of the member with its name, or of the array item; absent when there is none. */
  readonly span?: readonly [start: number, end: number];
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** JSON that is nested deeper is not laid out: the lines would be longer than anyone reads. */
const DEEPEST = 64;

interface Container {
  readonly pointer: string;
  readonly isArray: boolean;
  items: number;
  /** Pointer and start of the item that is being written. */
  item?: { readonly pointer: string; readonly start: number };
}

/**
 * Lays out JSON; `undefined` when the text is no JSON, or nested too deeply.
 *
 * @param pointer JSON pointer of the member whose place is wanted
 */
export function prettyJson(text: string, pointer?: string): PrettyJson | undefined {
  if (!isJson(text)) return undefined;
  const tokens = text.match(TOKENS) ?? [];
  const open: Container[] = [];
  let written = '';
  let span: readonly [number, number] | undefined;

  const newLine = (): void => {
    written += `\n${'  '.repeat(open.length)}`;
  };
  const begin = (container: Container, key?: string): void => {
    const name = key === undefined ? String(container.items) : unquoted(key);
    container.item = { pointer: `${container.pointer}/${escaped(name)}`, start: written.length };
    container.items++;
  };
  const end = (): void => {
    const container = open.at(-1);
    if (container?.item !== undefined && container.item.pointer === pointer) {
      span = [container.item.start, written.length];
    }
    if (container !== undefined) delete container.item;
  };

  for (const token of tokens) {
    const container = open.at(-1);
    if (token === '}' || token === ']') {
      open.pop();
      if (container !== undefined && container.items > 0) newLine();
      written += token;
      end();
    } else if (token === ',') {
      written += token;
    } else if (token === ':') {
      written += ': ';
    } else {
      const isFirstOfItem = container !== undefined && container.item === undefined;
      if (isFirstOfItem) {
        newLine();
        begin(container, container.isArray ? undefined : token);
      }
      const isName = isFirstOfItem && !container.isArray;
      written += token;
      if (token === '{' || token === '[') {
        if (open.length === DEEPEST) return undefined;
        open.push({ pointer: container?.item?.pointer ?? '', isArray: token === '[', items: 0 });
      } else if (!isName) {
        end();
      }
    }
  }
  return span === undefined ? { text: written } : { text: written, span };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A member's name out of its JSON string. */
function unquoted(token: string): string {
  return String(JSON.parse(token));
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
