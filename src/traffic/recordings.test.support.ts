import { Readable } from 'node:stream';
import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { createEvidence, type EvidenceData } from '../verdict/evidence.ts';
import { judgeRecording, type RecordingCounts } from './judge-recording.ts';
import { openRecording, type Recording } from './read-recording.ts';
import type { RecordedExchange } from './recording.ts';

export const ORIGIN = 'https://functiongraph.example.com';
export const TOKEN = 'MIIEpAIBAAKCAQEAtoken-of-a-user';
export const URN = 'urn:fss:r:p:function:default:f';
export const FUNCTION = `/v2/p/fgs/functions/${URN}`;
export const VERSIONS = `${FUNCTION}/versions`;

/** A version of the function above that conforms. */
export const VERSION = {
  ...exampleVersion,
  func_urn: URN,
  func_name: 'f',
  namespace: 'p',
  version: 'v20260101-000000',
};

/** A configuration that creates the function above. */
export const CONFIGURATION = {
  func_name: 'f',
  package: 'default',
  runtime: 'Node.js6.10',
  timeout: 3,
  handler: 'test.handler',
  memory_size: 128,
  code_type: 'inline',
  code_filename: 'inline.js',
};

/** An exchange with credentials; bodies as JSON. */
export function exchange(
  method: string,
  path: string,
  status: number,
  {
    sent,
    answered,
    headers = {},
  }: { sent?: unknown; answered?: unknown; headers?: Record<string, string> } = {},
): Exchange {
  return {
    request: {
      method,
      url: `${ORIGIN}${path}`,
      headers: { 'x-auth-token': TOKEN, 'content-type': 'application/json', ...headers },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json' },
      ...(answered === undefined ? {} : { body: JSON.stringify(answered) }),
    },
  };
}

export function publication(answered: unknown = VERSION, sent: unknown = {}, status = 200): Exchange {
  return exchange('POST', VERSIONS, status, { sent, answered });
}

export function refusal(status: number, code: string, sent: unknown = {}): Exchange {
  return publication({ error_code: code, error_msg: 'no' }, sent, status);
}

export function creation(configuration: unknown = CONFIGURATION, status = 200): Exchange {
  const answered = { ...VERSION, func_urn: `${URN}:latest`, version: 'latest' };
  return exchange('POST', '/v2/p/fgs/functions', status, { sent: configuration, answered });
}

export function listing(...versions: readonly unknown[]): Exchange {
  return exchange('GET', VERSIONS, 200, { answered: { versions, count: versions.length } });
}

/** When an entry of a HAR file began, and how long it took. */
export interface Timing {
  readonly startedDateTime?: string;
  readonly time?: number;
}

/** An exchange as a browser records it. */
export function entry({ request, response }: Exchange, timing: Timing = {}) {
  return {
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 5,
    ...timing,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      headers: pairs(request.headers),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: request.body?.length ?? 0,
      ...(request.body === undefined
        ? {}
        : { postData: { mimeType: 'application/json', text: request.body } }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      headers: pairs(response?.headers ?? {}),
      cookies: [],
      content: {
        size: response?.body?.length ?? 0,
        mimeType: 'application/json',
        ...(response?.body === undefined ? {} : { text: response.body }),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 5, receive: 0 },
  };
}

function pairs(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name: titled(name), value }));
}

function titled(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, letter => letter.toUpperCase());
}

export function har(...entries: readonly unknown[]): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}

export interface Judged {
  readonly recording: Recording;
  readonly exchanges: readonly RecordedExchange[];
  readonly counts: RecordingCounts;
  readonly evidence: EvidenceData;
  /** Clauses that are broken, informative ones left out. */
  readonly broken: readonly string[];
  readonly exercised: readonly string[];
}

/** Reads and judges a recording. */
export async function judged(text: string | Uint8Array, projectId?: string): Promise<Judged> {
  const recording = await openRecording('-', Readable.from([Buffer.from(text)]));
  try {
    const evidence = createEvidence(clauses.map(({ id }) => id));
    const project = projectId === undefined ? {} : { projectId };
    const counts = await judgeRecording(recording, { evidence, ...project });
    const exchanges: RecordedExchange[] = [];
    for await (const exchange of recording.exchanges()) exchanges.push(exchange);
    const seen = evidence.take();
    const ids = Object.keys(seen.clauses);
    return {
      recording,
      exchanges,
      counts,
      evidence: seen,
      broken: ids.filter(id => id !== 'body.undocumented' && (seen.clauses[id]?.violations ?? 0) > 0).sort(),
      exercised: ids,
    };
  } finally {
    await recording.close();
  }
}

/** Judges exchanges that followed each other. */
export function judgedInOrder(...exchanges: readonly Exchange[]): Promise<Judged> {
  return judged(JSON.stringify(exchanges));
}

type Entry = ReturnType<typeof entry>;

/** An entry whose answer has this content. */
export function withContent(content: Record<string, unknown>, headers: Record<string, string> = {}): Entry {
  const recorded = entry(publication());
  const added = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    ...recorded,
    response: {
      ...recorded.response,
      headers: [...recorded.response.headers, ...added],
      content: { mimeType: 'application/json', size: 1, ...content } as Entry['response']['content'],
    },
  };
}
