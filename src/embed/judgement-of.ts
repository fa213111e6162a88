import { judge } from '../judge/checked.ts';
import type { Judgement } from '../judge/finding.ts';
import type { Context } from '../page/context.ts';
import {
  isExchange,
  isFetched,
  isStreamed,
  type Received,
  readFetched,
  readStreamed,
  readValue,
  refuseStrangers,
} from './received.ts';

/**
 * Judges what a test received. Of an answer whose request is not known, the clauses that compare the two are
 * not exercised.
 *
 * @throws TypeError for what is no answer to a publish request
 */
export function judgementOf(value: unknown, context: Context = {}): Judgement | Promise<Judgement> {
  refuseStrangers(value);
  if (isFetched(value)) return readFetched(value).then(received => judged(received, context));
  if (isStreamed(value)) return readStreamed(value).then(received => judged(received, context));
  return isExchange(value) ? judge(value, context) : judged(readValue(value), context);
}

/** Headers of an answer of which only the body is at hand. */
const USUAL = { 'content-type': 'application/json' };

function judged({ status, headers, body }: Received, context: Context): Judgement {
  const response = { status, headers: headers ?? USUAL, ...(body === undefined ? {} : { body }) };
  const judgement = judge({ request: { method: 'POST', url: '', headers: {} }, response }, context);
  const known = headers === undefined ? withoutHeaders(judgement) : judgement;
  return body === undefined ? unreadable(known) : known;
}

function withoutHeaders({ exercised, ...rest }: Judgement): Judgement {
  return { exercised: exercised.filter(clause => !clause.startsWith('header.')), ...rest };
}

/** The clause needs to know that the request was one to publish; here the test says so. */
function unreadable({ exercised, findings, choices }: Judgement): Judgement {
  const clause = 'robustness.readable';
  const message = 'the body is no UTF-8 text';
  const finding = { clause, subject: 'robustness', level: 'required', message } as const;
  return { exercised: [...exercised, clause], findings: [...findings, finding], choices };
}
