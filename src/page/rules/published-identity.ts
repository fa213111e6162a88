import { broken, held, type Outcome, type Rule } from '../clause.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';

/** Holds when the two agree; does not apply when either is unknown. */
function agree(
  actual: string | undefined,
  expected: string | undefined,
  message: () => string,
  pointer: string,
): Outcome {
  if (actual === undefined || expected === undefined) return null;
  return actual === expected ? held : broken(message(), pointer);
}

/** Clauses by which a version is one of the function that was asked for. */
export const identityRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.func_urn.project',
    subject: 'body.func_urn',
    level: 'required',
    title: 'func_urn names the project of the request',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer',
    check: ({ request, reportedUrn }) => {
      const reported = reportedUrn?.projectId;
      const message = (): string =>
        `func_urn is in project ${inWords(reported)}; the request was for project ${request.projectId}`;
      return agree(reported, request.isKnown ? request.projectId : undefined, message, '/func_urn');
    },
  },
  {
    id: 'body.func_urn.function',
    subject: 'body.func_urn',
    level: 'required',
    title: 'func_urn names the function of the request',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer',
    check: ({ body, request, reportedUrn }) => {
      const urn = reportedUrn;
      if (urn === undefined || request.urn === undefined) return null;
      const { region = urn.region, package: pack = 'default', name } = request.urn;
      if (urn.name === name && urn.package === pack && urn.region === region) return held;
      return broken(
        `func_urn is ${inWords(body.func_urn)}; the request was for ${request.functionUrn}`,
        '/func_urn',
      );
    },
  },
  {
    id: 'body.func_urn.version',
    subject: 'body.func_urn',
    level: 'required',
    title: 'the eighth field of func_urn, if any, is version or latest',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer; without an eighth field it holds',
    check: ({ body, reportedUrn }) => {
      if (reportedUrn === undefined || body.version === undefined) return null;
      const { qualifier } = reportedUrn;
      if (qualifier === undefined || qualifier === 'latest' || qualifier === body.version) return held;
      return broken(
        `func_urn ends in ${inWords(qualifier)}; version is ${inWords(body.version)}`,
        '/func_urn',
      );
    },
  },
  {
    id: 'body.func_name.urn',
    subject: 'body.func_name',
    level: 'required',
    title: 'func_name is the name in func_urn',
    source: { table: 'Table 4', row: 'func_name' },
    when: 'every 200 answer',
    check: ({ body, request, reportedUrn }) => {
      const inUrn = reportedUrn?.name;
      const expected = inUrn === body.func_name ? inUrn : (request.urn?.name ?? inUrn);
      return agree(
        body.func_name,
        expected,
        () => `func_name is ${inWords(body.func_name)}; the URN says ${inWords(expected)}`,
        '/func_name',
      );
    },
  },
  {
    id: 'body.package.urn',
    subject: 'body.package',
    level: 'required',
    title: 'package is the package in func_urn',
    source: { table: 'Table 4', row: 'package' },
    when: 'every 200 answer',
    check: ({ body, request, reportedUrn }) => {
      const inUrn = reportedUrn?.package;
      const asked = request.urn === undefined ? inUrn : (request.urn.package ?? 'default');
      const expected = inUrn === body.package ? inUrn : asked;
      return agree(
        body.package,
        expected,
        () => `package is ${inWords(body.package)}; the URN says ${inWords(expected)}`,
        '/package',
      );
    },
  },
  {
    id: 'body.namespace.project',
    subject: 'body.namespace',
    level: 'required',
    title: 'namespace is the project of the request',
    source: { table: 'Table 4', row: 'namespace' },
    when: 'every 200 answer',
    ruling: 'Not compared with func_urn in a body alone: the documented example differs from itself there.',
    check: ({ body, request }) => {
      const message = (): string =>
        `namespace is ${inWords(body.namespace)}; the request was for project ${request.projectId}`;
      return agree(body.namespace, request.isKnown ? request.projectId : undefined, message, '/namespace');
    },
  },
];
