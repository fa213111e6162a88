import type { Hooks } from './call.ts';
import { through } from './hooks.ts';
import type { JsonObject } from './json-object.ts';

/** File extensions of inline code, by what the runtime's name begins with. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  Node: 'js',
  Python: 'py',
  PHP: 'php',
  Java: 'java',
  Go: 'go',
  'C#': 'cs',
};

/**
 * The members of a request that carry code, as this server takes them: a file without a name gets one, and a
 * `code_url` beside another code type than obs is a link to the code.
 */
export function withNamedCode(sent: JsonObject, runtime: unknown, hooks: readonly Hooks[]): JsonObject {
  const { code_url, ...rest } = sent;
  const isLink = sent.code_type !== 'obs' && typeof code_url === 'string' && sent.func_code === undefined;
  const linked: JsonObject = isLink ? { ...rest, func_code: { link: code_url } } : sent;
  const { code_filename: given, ...nameless } = linked;
  const extension = extensionOf(sent.code_type, runtime);
  if (extension === undefined || (given !== undefined && typeof given !== 'string')) return linked;
  const name = through(
    hooks.map(hook => hook.codeName),
    given ?? `index.${extension}`,
    sent,
  );
  return name === undefined ? nameless : { ...nameless, code_filename: name };
}

function extensionOf(codeType: unknown, runtime: unknown): string | undefined {
  if (codeType === 'zip' || codeType === 'jar') return codeType;
  if (codeType !== 'inline') return undefined;
  const language = Object.keys(EXTENSIONS).find(name => String(runtime).startsWith(name));
  return language === undefined ? 'sh' : EXTENSIONS[language];
}
