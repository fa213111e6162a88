import type { Judgement } from '../judge/finding.ts';
import { judge, judgeBody } from '../judge/judge.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';

/** The part of a fetch `Response` that is read; every implementation of fetch has it. */
export interface FetchedResponse {
  readonly status: number;
  readonly headers: { forEach(visit: (value: string, name: string) => void): void };
  readonly bodyUsed: boolean;
  clone(): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Whether the value is what `fetch` answers. */
export function isFetchedResponse(value: unknown): value is FetchedResponse {
  return (
    hasMembers(value, ['status', 'headers', 'bodyUsed', 'clone']) &&
    typeof value.status === 'number' &&
    typeof value.clone === 'function'
  );
}

/**
 * Judges a response without its request: clauses that compare the two are not exercised. The response can
 * still be read afterwards.
 *
 * @throws TypeError when its body was read before
 */
export async function judgementOfResponse(response: FetchedResponse, context?: Context): Promise<Judgement> {
  if (response.bodyUsed) {
    throw new TypeError(
      'The body of this response was read already: check the response first, or check its clone() or the body itself.',
    );
  }
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  const request = { method: 'POST', url: '', headers: {} };
  const { status } = response;
  const body = utf8In(await response.clone().arrayBuffer());
  if (body === undefined) return unreadable(judge({ request, response: { status, headers } }, context));
  return judge({ request, response: { status, headers, body } }, context);
}

/** The clause needs to know that the request was one to publish; here the test says so. */
function unreadable({ exercised, findings }: Judgement): Judgement {
  const clause = 'robustness.readable';
  const message = 'the body is no UTF-8 text';
  const finding = { clause, subject: 'robustness', level: 'required', message } as const;
  return { exercised: [...exercised, clause], findings: [...findings, finding] };
}

/**
 * Judges an exchange, or a 200 body: as text, or parsed.
 *
 * @throws TypeError for anything else
 */
export function judgementOfValue(value: unknown, context?: Context): Judgement {
  if (isExchange(value)) return judge(value, context);
  if (typeof value === 'string') return judgeBody(value);
  if (typeof value === 'object' && value !== null) return judgeBody(JSON.stringify(value));
  const kind = value === null ? 'null' : typeof value;
  throw new TypeError(
    `This is ${kind}; expected a fetch Response, an exchange, or the body of a 200 answer.`,
  );
}

function isExchange(value: unknown): value is Exchange {
  if (!hasMembers(value, ['request'])) return false;
  const { request } = value;
  return (
    hasMembers(request, ['method', 'url', 'headers']) &&
    typeof request.method === 'string' &&
    typeof request.url === 'string' &&
    typeof request.headers === 'object' &&
    request.headers !== null
  );
}

function hasMembers<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is Readonly<Record<Name, unknown>> {
  return typeof value === 'object' && value !== null && names.every(name => name in value);
}

function utf8In(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
