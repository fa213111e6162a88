/** Contracts and schemas cannot drift apart: what the pact expects is what the page documents, and no more. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  errorBody as anyErrorBody,
  publishedVersion as anyVersion,
  breakableClauses,
  brokenVersion,
} from '../src/generate/index.ts';
import { judge } from '../src/judge/judge.ts';
import type { Context } from '../src/page/context.ts';
import { isAbsent } from '../src/page/paths.ts';
import type { PageSchema } from '../src/page/schema.ts';
import { publishedVersionPage } from '../src/page/schema-clauses.ts';
import { errorBody } from '../src/page/tables/error-body.ts';
import { publishedVersion } from '../src/page/tables/published-version.ts';
import { functionPath } from '../src/target/index.ts';
import { exampleOf } from './expectations.ts';
import { FUNCTION_URN, type Interaction, PROJECT_ID, WRONG_TOKEN } from './interaction.ts';
import { interactions } from './interactions/index.ts';
import { expressionsOf } from './matchers.ts';

const SEED = 20260101;

/** What is known of the provider in the states of the interaction. */
function contextOf({ states, request, response }: Interaction): Context {
  const names = states.map(({ name }) => name);
  return {
    projectId: PROJECT_ID,
    credentials: credentialsOf(names, request.token),
    function: names.includes('the function does not exist') ? 'absent' : 'exists',
    unpublishedChanges: true,
    serviceFails: names.includes('the service fails'),
    ...(response.status === 200 ? { configuration: states[0]?.params ?? {} } : {}),
  };
}

function credentialsOf(states: readonly string[], token: string | null | undefined) {
  if (token === WRONG_TOKEN) return 'wrong';
  return states.includes('the token has no permission') ? 'forbidden' : 'valid';
}

function exchangeOf({ request, response }: Interaction) {
  const { projectId = PROJECT_ID, functionUrn = FUNCTION_URN, token = 'any', body } = request;
  const answer = response.status === 200 ? exampleOf(request, response) : response.error;
  return {
    request: {
      method: 'POST',
      url: functionPath(projectId, functionUrn, 'versions'),
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { 'x-auth-token': token }) },
      body: JSON.stringify(body),
    },
    response: {
      status: [response.status].flat()[0] ?? 0,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    },
  };
}

test.each(interactions)('the answer to $description is conforming', interaction => {
  const { findings } = judge(exchangeOf(interaction), contextOf(interaction));
  expect(findings).toEqual([]);
});

test('no two interactions have the same states and description', () => {
  const keys = interactions.map(({ states, description }) => JSON.stringify([states, description]));
  expect(new Set(keys).size).toBe(keys.length);
});

/** Texts and numbers of the value that an expression of their schema refuses, by their path. */
function refusedIn(schema: PageSchema, value: unknown, path = ''): readonly string[] {
  if (isAbsent(value) || value === 0) return [];
  if (Array.isArray(value)) return value.flatMap(item => refusedIn(schema.items ?? {}, item, `${path}[]`));
  if (typeof value === 'object') {
    return Object.entries(value ?? {}).flatMap(([name, own]) =>
      refusedIn(schema.properties?.[name] ?? {}, own, `${path}.${name}`),
    );
  }
  const expressions = expressionsOf(schema).filter(each => !new RegExp(each).test(String(value)));
  return expressions.map(each => `${path}: ${each}`);
}

test('the expressions of a version accept every value that the page documents', () => {
  fc.assert(
    fc.property(anyVersion(), body => {
      expect(refusedIn(publishedVersion, body)).toEqual([]);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('the expressions of an error body accept every one that the page documents', () => {
  fc.assert(
    fc.property(anyErrorBody(), body => {
      expect(refusedIn(errorBody, body)).toEqual([]);
    }),
    { seed: SEED },
  );
});

/** No regular expression says whether a text holds a JSON object. */
const NOT_EXPRESSIBLE = /\.param\.format$/;

const expressible = publishedVersionPage.clauses.filter(
  ({ id, aspect, level }) =>
    level === 'required' &&
    ['values', 'format', 'length'].includes(aspect) &&
    breakableClauses.includes(id) &&
    !NOT_EXPRESSIBLE.test(id),
);

test.each(expressible)('an expression refuses a version that breaks $id', ({ id, subject }) => {
  fc.assert(
    fc.property(brokenVersion(id), ({ body }) => {
      const refused = refusedIn(publishedVersion, body).map(each => each.slice(0, each.indexOf(': ')));
      expect(refused).toContain(subject.slice('body'.length));
    }),
    { seed: SEED, numRuns: 50 },
  );
});
