import type { Configuration } from '../page/configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { type Resources, resourcesSchema } from '../page/resources.ts';
import { expectArgument } from '../words/arguments.ts';
import type { LikeChoice } from './choices/likeness.ts';

/** How a mock server is started. What is not given is made up. */
export interface MockOptions {
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, for any free port. */
  readonly port?: number;
  readonly projectId?: string;
  /** The token that may do everything. */
  readonly token?: string;
  /** A token that is known and may do nothing. */
  readonly forbiddenToken?: string;
  /** The id of the access key that may do everything. */
  readonly ak?: string;
  /** The secret that goes with it. */
  readonly sk?: string;
  /** What makes a temporary key of it. */
  readonly securityToken?: string;
  /** Who may log in at `iamUrl` for a token that may do everything. */
  readonly username?: string;
  readonly password?: string;
  /** The name of a fault, for a server that is wrong on purpose. */
  readonly fault?: string;
  /** The name of a dress, for a server that is conforming in an unusual way. */
  readonly dress?: string;
  /**
   * A report of a target: the server answers as that target chose to, where the page leaves a choice.
   *
   * @example startMock({ like: (await run({ endpoint })).report })
   */
  readonly like?: { readonly choices?: readonly LikeChoice[] };
  /** Milliseconds before each answer. */
  readonly latency?: number;
  /**
   * Functions that exist from the start. What is left out of one is made up, its name too.
   *
   * @example [{ func_name: 'hello', memory_size: 256, strategy_config: { concurrency: 10 } }]
   */
  readonly functions?: readonly Partial<Configuration>[];
  /**
   * What exists for functions to name: those that name anything else are refused. Without it, whatever is named
   * exists.
   */
  readonly resources?: Resources;
  /**
   * Told of every call of the API and its answer, as a judge takes them: what a client makes of the API, and
   * this server of the client. IAM and provider states are none of its business.
   *
   * @example startMock({ onExchange: exchange => judge(exchange) })
   */
  readonly onExchange?: (exchange: Exchange) => void;
}

const text = { type: 'string' } as const;

const choice = {
  type: 'object',
  required: ['id', 'answers'],
  properties: {
    id: text,
    answers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['answer', 'seen'],
        properties: { answer: text, seen: { type: 'integer' }, example: { type: 'object' } },
      },
    },
  },
} as const;

const properties = {
  host: text,
  port: { type: 'integer' },
  projectId: text,
  token: text,
  forbiddenToken: text,
  ak: text,
  sk: text,
  securityToken: text,
  username: text,
  password: text,
  fault: text,
  dress: text,
  like: {
    type: 'object',
    required: ['choices'],
    properties: { choices: { type: 'array', items: choice } },
  },
  latency: { type: 'number', minimum: 0 },
  functions: { type: 'array' },
  resources: resourcesSchema,
  onExchange: {},
} as const satisfies Readonly<Record<keyof MockOptions, object>>;

/** @throws TypeError that says what was expected */
export const checkMockOptions = expectArgument({
  call: 'startMock',
  name: 'options',
  example: "options such as { projectId: 'p1', token: 't1' }",
  schema: { type: 'object', properties, additionalProperties: false },
});
