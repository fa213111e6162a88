import type { MockServer } from './index.ts';

/** What a test wants to know of an answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object when it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

interface Sent {
  readonly body?: unknown;
  /** The body as it goes over the wire, in place of `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** `undefined` for none. */
  readonly token?: string | undefined;
  readonly projectId?: string;
}

/** A configuration that every function can have. */
export const plain = {
  package: 'default',
  runtime: 'Node.js14.18',
  timeout: 30,
  handler: 'index.handler',
  memory_size: 128,
  code_type: 'inline',
  code_filename: 'index.js',
  func_code: { file: Buffer.from('exports.handler = async () => 1;').toString('base64') },
} as const;

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, json: objectOf(text) };
}

function objectOf(text: string): Reply['json'] {
  try {
    // Whatever it is, tests compare its members.
    return Object(JSON.parse(text)) as Reply['json'];
  } catch {
    return {};
  }
}

/** The operations as a client of the API calls them. */
export function clientOf(mock: MockServer) {
  let created = 0;

  const call = async (method: string, path: string, sent: Sent = {}): Promise<Reply> => {
    const { body, raw, headers = {}, projectId = mock.projectId } = sent;
    const token = 'token' in sent ? sent.token : mock.token;
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${mock.url}/v2/${projectId}/fgs/functions${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { 'x-auth-token': token }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    return replyOf(response);
  };

  /** Creates a function; answers its URN without a version. */
  const create = async (members: object = {}): Promise<string> => {
    created += 1;
    const { json, text } = await call('POST', '', {
      body: { ...plain, func_name: `function-${created}`, ...members },
    });
    if (typeof json.func_urn !== 'string') throw new Error(`No function was created: ${text}`);
    return json.func_urn.replace(/:latest$/, '');
  };

  const state = async (name: string, params: object = {}, action = 'setup'): Promise<Reply> =>
    replyOf(
      await fetch(mock.statesUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ state: name, action, params }),
      }),
    );

  return {
    call,
    create,
    state,
    publish: (urn: string, body: unknown = {}) => call('POST', `/${urn}/versions`, { body }),
    configure: (urn: string, members: object) =>
      call('PUT', `/${urn}/config`, {
        body: { ...plain, func_name: urn.split(':').at(-1), ...members },
      }),
    versions: (urn: string, query = '') => call('GET', `/${urn}/versions${query}`),
    read: (urn: string) => call('GET', `/${urn}/config`),
    remove: (urn: string) => call('DELETE', `/${urn}`),
  };
}
