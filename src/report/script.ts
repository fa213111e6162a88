/** A finding as a shell script that shows it from nothing. */

import type { HttpRequest, WirePart } from '../page/exchange.ts';
import { routeOf } from '../page/operations.ts';
import type { ArrangedState, Reproduction, Step } from '../verdict/reproduction.ts';
import { absoluteUrl, curlLine, quoted } from './curl.ts';
import { excerpt } from './printable.ts';

/** Seconds that an answer may take. */
const PATIENCE = 20;

/** Seconds that are waited for the answer to raw bytes: whether more comes, nobody knows. */
const PATIENCE_RAW = 3;

/** Seconds that are waited where the answer is looked at by nobody. */
const PATIENCE_UNSEEN = 0.5;

/** Headers that matter to no finding of a request that a client makes. */
const INCIDENTAL = new Set(['user-agent', 'accept']);

/** The script prints an answer like this: status line, headers, body. */
const SHOW = ['-sS', '-m', String(PATIENCE), '-i', '-w', "'\\n'"];

const FOREIGN = '# It takes the function in the URL, with something on it that is not published yet.';

/** What stands before why a script may print no violation. */
export const DOUBT = '# It may show nothing: ';

/**
 * A script for bash that makes what the finding needs, sends what broke the clause, prints the answers to
 * that on stdout, and deletes what it made. Of every other answer it prints the status, on stderr. Credentials
 * come from the environment.
 *
 * @param title what it shows
 * @param endpoint where a request whose URL is only a path was sent
 */
export function scriptOf(title: string, reproduction: Reproduction, endpoint: string): string {
  const { steps, states = [], doubt, isForeign = false } = reproduction;
  const lines = [
    `# ${excerpt(title, 300)}`,
    ...(doubt === undefined ? [] : [`${DOUBT}${excerpt(doubt, 300)}.`]),
    ...(isForeign ? [FOREIGN] : []),
    ...states.flatMap(setUp),
    ...steps.flatMap((step, index) =>
      stepLines(step, { hasCompany: steps[index + 1]?.isTogether === true, isKept: isForeign }, endpoint),
    ),
    ...(isForeign ? withdrawal(steps, endpoint) : []),
    ...deletions(reproduction, endpoint),
    ...states.flatMap(tearDown),
  ];
  const named = states.find(({ functionUrn }) => functionUrn !== undefined)?.functionUrn;
  return (named === undefined ? lines : lines.map(line => withVariable(line, named))).join('\n');
}

interface Staging {
  /** Whether the next step is sent at the same time. */
  readonly hasCompany: boolean;
  /** Whether the answer is needed later. */
  readonly isKept: boolean;
}

function stepLines(step: Step, { hasCompany, isKept }: Staging, endpoint: string): readonly string[] {
  const { request, does, isEvidence, isTogether = false } = step;
  const comment = `# ${excerpt(does, 200)}${isTogether ? ', at the same time' : ''}`;
  const inVolley = isTogether || hasCompany;
  const ending = isTogether && !hasCompany ? ['wait'] : [];
  if (request.wire !== undefined)
    return [comment, ...rawLines(request.wire, endpoint, isEvidence), ...ending];
  const line = curlLine(withoutIncidental(request), endpoint, isEvidence ? SHOW : quietly(does));
  if (isKept && isEvidence && !inVolley) return [comment, `answer=$(${line})`, `printf '%s\\n' "$answer"`];
  return [comment, inVolley ? `echo "$(${line})" &` : line, ...ending];
}

function withoutIncidental(request: HttpRequest): HttpRequest {
  const headers = Object.entries(request.headers).filter(([name]) => !INCIDENTAL.has(name));
  return { ...request, headers: Object.fromEntries(headers) };
}

/** Only that it was done, and on stderr. */
function quietly(does: string): readonly string[] {
  const what = /^(?:[a-z]+ ?){1,3}/.exec(does)?.[0].trim() ?? '';
  return ['-sS', '-m', String(PATIENCE), '-o', '/dev/null', '-w', `'%{stderr}${what}: %{http_code}\\n'`];
}

/** Somebody else's function stays; the version that was published on it goes. */
function withdrawal(steps: readonly Step[], endpoint: string): readonly string[] {
  const last = steps.at(-1)?.request;
  if (last === undefined || last.wire !== undefined || routeOf(last)?.operation !== 'publish') return [];
  const url = last.url.replace(/\/versions$/, ':VERSION');
  const request = { method: 'DELETE', url, headers: { 'x-auth-token': '$FGS_TOKEN' } };
  const deletion = curlLine(request, endpoint, quietly('deletes the version'));
  return [
    '# deletes the version, if one was published',
    `version=$(printf '%s' "$answer" | ${memberOf('version')})`,
    `[ -z "$version" ] || ${deletion.replace('VERSION', `'"$version"'`)}`,
  ];
}

function deletions({ made, steps }: Reproduction, endpoint: string): readonly string[] {
  const like = steps.find(({ request }) => routeOf(request) !== undefined)?.request;
  if (like === undefined) return [];
  const collection = /^.*?\/fgs\/functions/.exec(like.url)?.[0];
  if (collection === undefined) return [];
  return made.flatMap(urn => {
    const url = `${collection}/${encodeURIComponent(urn).replaceAll('%3A', ':')}`;
    const request = { method: 'DELETE', url, headers: { 'x-auth-token': '$FGS_TOKEN' } };
    return ['# deletes it', curlLine(request, endpoint, quietly('deletes it'))];
  });
}

/** Bytes over a connection of their own: what no client would write. */
function rawLines(parts: readonly WirePart[], endpoint: string, isEvidence: boolean): readonly string[] {
  const { protocol, hostname, port } = new URL(absoluteUrl('/', endpoint));
  const isSecure = protocol === 'https:';
  const place = `${hostname}:${port === '' ? (isSecure ? 443 : 80) : port}`;
  const sends = parts.map(commandOf).filter(command => command !== '');
  const goesAway = parts.some(part => 'end' in part && part.end === 'abandon');
  const answer = isEvidence ? '' : ' >/dev/null';
  const patience = isEvidence ? PATIENCE_RAW : PATIENCE_UNSEEN;
  if (isSecure) {
    const wait = goesAway ? '' : `; sleep ${patience}`;
    return [
      `{ ${sends.join('; ')}${wait}; } | openssl s_client -quiet -connect ${place} 2>/dev/null${answer}`,
    ];
  }
  const [host, number] = [hostname, place.slice(hostname.length + 1)];
  return [
    `exec 3<>/dev/tcp/${host.replace(/^\[|\]$/g, '')}/${number}`,
    `{ ${sends.join('; ')}; } >&3`,
    ...(goesAway ? [] : [`timeout ${patience} cat <&3${answer}`]),
    'exec 3>&-',
  ];
}

function commandOf(part: WirePart): string {
  if ('pauseMs' in part) return `sleep ${part.pauseMs / 1000}`;
  if ('end' in part) return '';
  return writtenBytes(part.bytes);
}

/** A signature holds for one request only: a token stands in for it. */
function withToken(bytes: string): string {
  return bytes
    .replace(/^authorization: SDK-HMAC-SHA256 [^\r\n]*/im, 'x-auth-token: $FGS_TOKEN')
    .replace(/^(?:x-sdk-date|x-sdk-content-sha256|x-security-token): [^\r\n]*\r\n/gim, '');
}

const SECRETS = /\$FGS_(?:FORBIDDEN_)?TOKEN(?![A-Za-z0-9_])/g;

/** A command of bash that writes the bytes, one a character. */
function writtenBytes(latin1: string): string {
  const text = withToken(latin1);
  const variables = text.match(SECRETS) ?? [];
  const format = text.split(SECRETS).map(bytesFormat).join('%s');
  return `printf '${format}'${variables.map(name => ` "${name}"`).join('')}`;
}

function bytesFormat(latin1: string): string {
  return Array.from(latin1, character => {
    if (character === '\r') return '\\r';
    if (character === '\n') return '\\n';
    if (character === '%') return '%%';
    const isTame =
      character >= ' ' && character <= '~' && character !== "'" && character !== '\\' && character !== '!';
    return isTame ? character : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  }).join('');
}

function setUp({ statesUrl, state, params, functionUrn }: ArrangedState): readonly string[] {
  const call = stateCall(statesUrl, { state, action: 'setup', params }, '-sS -m 20');
  const comment = `# sets up the provider state ${JSON.stringify(state)}`;
  if (functionUrn !== undefined) return [comment, `urn=$(${call} | ${memberOf('function_urn')})`];
  return [comment, `FGS_FORBIDDEN_TOKEN=$(${call} | ${memberOf('token')})`];
}

function memberOf(name: string): string {
  return `sed -n 's/.*"${name}" *: *"\\([^"]*\\)".*/\\1/p'`;
}

function tearDown({ statesUrl, state, params, functionUrn }: ArrangedState): readonly string[] {
  const values = functionUrn === undefined ? params : { ...params, function_urn: functionUrn };
  const options = `-sS -m 20 -o /dev/null -w '%{stderr}tears it down: %{http_code}\\n'`;
  return ['# tears it down', stateCall(statesUrl, { state, action: 'teardown', params: values }, options)];
}

function stateCall(statesUrl: string, body: object, options: string): string {
  return `curl ${options} ${quoted(statesUrl)} -H 'Content-Type: application/json' --data-binary ${quoted(JSON.stringify(body))}`;
}

/** The URN that the set-up answers in place of the one that it answered before. */
function withVariable(line: string, urn: string): string {
  if (line.startsWith('urn=') || line.startsWith('#')) return line;
  return line.replaceAll(urn, `'"$urn"'`);
}
