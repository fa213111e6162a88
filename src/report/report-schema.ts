import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const count = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;
const headers = { type: 'object', additionalProperties: text } as const;
const body = { body: text, bodyEncoding: { const: 'base64' } } as const;

const wirePart = {
  anyOf: [
    { type: 'object', required: ['bytes'], properties: { bytes: text } },
    { type: 'object', required: ['pauseMs'], properties: { pauseMs: { type: 'number', minimum: 0 } } },
    { type: 'object', required: ['end'], properties: { end: { enum: ['half-close', 'abandon'] } } },
  ],
} as const satisfies JSONSchema;

const exchange = {
  type: 'object',
  required: ['request'],
  properties: {
    request: {
      type: 'object',
      required: ['method', 'url', 'headers'],
      properties: {
        method: text,
        url: text,
        headers,
        ...body,
        wire: { type: 'array', items: wirePart },
      },
    },
    response: {
      type: 'object',
      required: ['status', 'headers'],
      properties: { status: { type: 'integer' }, headers, ...body },
    },
    failure: {
      type: 'object',
      required: ['kind', 'message'],
      properties: {
        kind: { enum: ['timeout', 'reset', 'malformed', 'too-large', 'undecodable', 'unreachable'] },
        message: text,
      },
    },
    durationMs: { type: 'number', minimum: 0 },
  },
} as const satisfies JSONSchema;

const finding = {
  type: 'object',
  required: ['message'],
  properties: {
    message: text,
    pointer: text,
    counterexample: {},
    seed: { type: 'integer' },
    path: text,
    exchange,
    reproduce: text,
  },
} as const satisfies JSONSchema;

const clause = {
  type: 'object',
  required: [
    'id',
    'subject',
    'level',
    'title',
    'source',
    'verdict',
    'exercised',
    'violations',
    'known',
    'findings',
  ],
  properties: {
    id: text,
    subject: text,
    level: { enum: ['required', 'recommended', 'informative'] },
    title: text,
    source: { type: 'object', required: ['table', 'row'], properties: { table: text, row: text } },
    verdict: { enum: ['pass', 'fail', 'not-exercised'] },
    reason: text,
    exercised: count,
    violations: count,
    known: { type: 'boolean' },
    findings: { type: 'array', maxItems: 3, items: finding },
  },
} as const satisfies JSONSchema;

const choice = {
  type: 'object',
  required: ['id', 'question', 'answers'],
  properties: {
    id: text,
    question: text,
    answers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['answer', 'seen', 'shown', 'example'],
        properties: { answer: text, seen: count, shown: text, example: exchange },
      },
    },
  },
} as const satisfies JSONSchema;

/**
 * The version of the schema: the second number grows with members that are added, the first one when a reader
 * must change.
 */
export const REPORT_SCHEMA_VERSION = '1.1';

/**
 * JSON Schema (2020-12) of `report.json`, for whoever reads reports. Members that it does not name are
 * allowed, so that a report can grow.
 */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'fgs-conformance report',
  type: 'object',
  required: ['tool', 'page', 'target', 'run', 'summary', 'clauses'],
  properties: {
    schemaVersion: { type: 'string', pattern: '^1\\.\\d+$' },
    tool: { type: 'object', required: ['name', 'version'], properties: { name: text, version: text } },
    page: { type: 'object', required: ['title', 'id'], properties: { title: text, id: text } },
    target: {
      type: 'object',
      required: ['endpoint', 'arranged'],
      properties: { endpoint: text, arranged: text },
    },
    run: {
      type: 'object',
      required: ['profile', 'seed', 'startedAt', 'durationMs', 'exchanges'],
      properties: {
        profile: text,
        seed: { type: 'integer' },
        startedAt: text,
        durationMs: { type: 'number', minimum: 0 },
        exchanges: count,
        failOn: { enum: ['required', 'recommended'] },
        options: { type: 'object' },
        leftOut: {
          type: 'array',
          items: {
            type: 'object',
            required: ['inputs', 'count', 'profile'],
            properties: { inputs: text, count, profile: text },
          },
        },
        pace: {
          type: 'object',
          required: ['refusals', 'requestsPerSecond'],
          properties: { refusals: count, requestsPerSecond: { type: 'number', minimum: 0 } },
        },
      },
    },
    summary: {
      type: 'object',
      required: ['verdict', 'reason', 'clauses'],
      properties: {
        verdict: { enum: ['conformant', 'nonconformant', 'inconclusive'] },
        reason: text,
        clauses: {
          type: 'object',
          required: ['total', 'pass', 'fail', 'not-exercised'],
          properties: { total: count, pass: count, fail: count, 'not-exercised': count },
        },
      },
    },
    clauses: { type: 'array', items: clause },
    choices: { type: 'array', items: choice },
  },
} as const satisfies JSONSchema;

/** What the schema accepts. */
export type ReportJson = FromSchema<typeof reportSchema>;
