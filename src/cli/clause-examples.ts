import { readdirSync, readFileSync } from 'node:fs';
import { judge, judgeBody } from '../judge/judge.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { BODY_LIMIT_BYTES } from '../page/values.ts';
import type { ClauseExample, ClauseExamples } from '../report/index.ts';

/** A case of the fixtures, as far as it is looked at here. */
interface Fixture {
  readonly name: string;
  readonly exchange?: Exchange;
  readonly body?: unknown;
  readonly context?: Context;
}

/** The fixtures of the package: two folders up from the sources, three from the build. */
const FOLDER = new URL(
  import.meta.url.endsWith('.js') ? '../../../fixtures/' : '../../fixtures/',
  import.meta.url,
);

function fixturesIn(file: string): readonly Fixture[] {
  // Written by this project, and checked by its own tests.
  const { cases }: { readonly cases: readonly Fixture[] } = JSON.parse(
    readFileSync(new URL(file, FOLDER), 'utf8'),
  );
  return cases;
}

/** Bodies of more than 1 MiB are in no file. */
const TOO_LARGE: Fixture = {
  name: 'a body of 1 MiB and a byte is accepted',
  exchange: {
    request: {
      method: 'POST',
      url: '/v2/project/fgs/functions/urn:fss:region:project:function:default:test/versions',
      headers: { 'content-type': 'application/json', 'x-auth-token': '$FGS_TOKEN' },
      body: `{}${' '.repeat(BODY_LIMIT_BYTES - 1)}`,
    },
    response: {
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"error_code":"FSS.0500","error_msg":"failed"}',
    },
  },
};
const REFUSED: Fixture = {
  ...TOO_LARGE,
  name: 'a body of 1 MiB and a byte is refused',
  exchange: {
    ...TOO_LARGE.exchange,
    request: { method: 'POST', url: '', headers: {}, ...TOO_LARGE.exchange?.request },
    response: {
      status: 413,
      headers: { 'content-type': 'application/json' },
      body: '{"error_code":"FSS.0413","error_msg":"too large"}',
    },
  },
};

function judged({ exchange, body, context }: Fixture) {
  return exchange === undefined ? judgeBody(JSON.stringify(body)) : judge(exchange, context);
}

/** The file of the subject first: its cases differ in little else. */
function filesFor(clauseId: string): readonly string[] {
  const files = readdirSync(FOLDER).filter(name => name.endsWith('.json'));
  const isClose = (name: string) => clauseId.startsWith(name.slice(0, -'json'.length));
  return [...files.filter(isClose), ...files.filter(name => !isClose(name))];
}

/** An example, and how many other clauses it breaks. */
interface Candidate extends ClauseExample {
  readonly others: number;
}

/**
 * A small example that holds a clause and one that breaks it, as alike as the fixtures have them. The judge
 * says which case is which.
 */
export function examplesOf(clauseId: string): ClauseExamples {
  const found: { passes: Candidate[]; fails: Candidate[] } = { passes: [], fails: [] };
  const look = (fixture: Fixture): void => {
    const { exercised, findings } = judged(fixture);
    if (!exercised.includes(clauseId)) return;
    const isBroken = findings.some(({ clause }) => clause === clauseId);
    const others = findings.filter(({ clause, level }) => clause !== clauseId && level !== 'informative');
    const example = { name: fixture.name, lines: linesOf(fixture), others: others.length };
    found[isBroken ? 'fails' : 'passes'].push(example);
  };
  if (clauseId === 'request.body.too-large') [TOO_LARGE, REFUSED].forEach(look);
  for (const file of filesFor(clauseId)) {
    if (found.passes.length > 0 && found.fails.length > 0) break;
    fixturesIn(file).forEach(look);
  }
  return closest(found.passes, found.fails);
}

/** The two that differ in the fewest lines and have the fewest, those first that break nothing else. */
function closest(passes: readonly Candidate[], fails: readonly Candidate[]): ClauseExamples {
  const pairs = passes.flatMap(pass => fails.map(fail => ({ passes: pass, fails: fail })));
  const [first] = pairs
    .map(pair => ({ pair, distance: distanceOf(pair.passes, pair.fails) }))
    .sort((left, right) => left.distance - right.distance);
  if (first !== undefined) return first.pair;
  const [pass] = passes;
  const [fail] = fails;
  return { ...(pass === undefined ? {} : { passes: pass }), ...(fail === undefined ? {} : { fails: fail }) };
}

function distanceOf(pass: Candidate, fail: Candidate): number {
  const { lines: left } = pass;
  const { lines: right } = fail;
  const differing = [
    ...left.filter(line => !right.includes(line)),
    ...right.filter(line => !left.includes(line)),
  ];
  return 100 * (pass.others + fail.others) + differing.length + (left.length + right.length) / 1000;
}

/** An exchange as HTTP, or a body, one member a line. */
function linesOf({ exchange, body, context }: Fixture): readonly string[] {
  if (exchange === undefined) return JSON.stringify(body, undefined, 2).split('\n');
  const { request, response, failure } = exchange;
  return [
    ...contextLines(context),
    `${request.method} ${request.url}`,
    ...headerLines(request.headers),
    ...bodyLines(request.body),
    '',
    ...(response === undefined
      ? []
      : [`HTTP ${response.status}`, ...headerLines(response.headers), ...bodyLines(response.body)]),
    ...(failure === undefined ? [] : [`(${failure.message})`]),
  ];
}

/** What is known of the target, such as that the function exists; what was published before is too much to show. */
function contextLines(context: Context = {}): readonly string[] {
  return Object.entries(context).map(([name, value]) => `# ${name}: ${bounded(JSON.stringify(value))}`);
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function bodyLines(body: string | undefined): readonly string[] {
  if (body === undefined) return [];
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2).split('\n').map(bounded);
  } catch {
    return [bounded(body)];
  }
}

const MOST_CHARACTERS = 160;

function bounded(line: string): string {
  return line.length <= MOST_CHARACTERS
    ? line
    : `${line.slice(0, MOST_CHARACTERS)}… (${line.length} characters)`;
}
