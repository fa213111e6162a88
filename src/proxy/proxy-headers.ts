/** Headers on their way through the proxy, as node has them: names and values in turn. */

/** Headers that are about one connection. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

type Pair = readonly [name: string, value: string];

function pairsOf(raw: readonly string[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}

/** What goes on to the next connection: everything but the hop-by-hop headers, and those that Connection names. */
function endToEnd(raw: readonly string[]): readonly Pair[] {
  const pairs = pairsOf(raw);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map(each => each.trim().toLowerCase()));
  return pairs.filter(([name]) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.has(lower) && !named.includes(lower);
  });
}

/** Names in lower case, values of a repeated header joined by ", ": as an exchange has them. */
export function joinedHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairsOf(raw)) {
    const lower = name.toLowerCase();
    headers[lower] = Object.hasOwn(headers, lower) ? `${headers[lower]}, ${value}` : value;
  }
  return headers;
}

/** A signature that covers the host is only good for the host that the client signed. */
const SIGNS_HOST = /\bSignedHeaders=(?:[^,]*;)?host(?:;|,|\s|$)/i;

/**
 * The headers of a request as the endpoint gets them.
 *
 * @param host the endpoint's own, which replaces the proxy's unless a signature covers that
 */
export function requestHeaders(method: string, raw: readonly string[], host: string): string[] {
  const isHostSigned = pairsOf(raw).some(
    ([name, value]) => name.toLowerCase() === 'authorization' && SIGNS_HOST.test(value),
  );
  // Expect was answered by the proxy.
  const kept = endToEnd(raw).filter(([name]) => !/^(?:host|expect)$/i.test(name));
  const sentHost = pairsOf(raw).find(([name]) => name.toLowerCase() === 'host')?.[1];
  return [
    'Host',
    isHostSigned && sentHost !== undefined ? sentHost : host,
    ...kept.flat(),
    ...framingOf(method, raw),
  ];
}

/** Node makes these chunked when nothing says otherwise. */
const HAS_BODY_USUALLY = /^(?:POST|PUT|PATCH)$/;

/** How long the body is when no Content-Length says it: chunked as it came, else nothing. */
function framingOf(method: string, raw: readonly string[]): readonly string[] {
  const names = new Set(pairsOf(raw).map(([name]) => name.toLowerCase()));
  if (names.has('transfer-encoding')) return ['Transfer-Encoding', 'chunked'];
  return names.has('content-length') || !HAS_BODY_USUALLY.test(method) ? [] : ['Content-Length', '0'];
}

/** The headers of an answer as the client gets them. */
export function answerHeaders(raw: readonly string[]): string[] {
  return endToEnd(raw).flat();
}
