import { broken, held, type Rule } from '../clause.ts';
import { routeOf } from '../operations.ts';
import type { ExchangeView } from '../views.ts';

/** Whether the exchange was made at the path of publishing; others say nothing about this page. */
function isAtPublishing({ exchange }: ExchangeView): boolean {
  return routeOf(exchange.request)?.publishesAt ?? false;
}

/** Clauses that every exchange is held against: answers arrive, complete and readable. */
export const robustnessRules: readonly Rule<ExchangeView>[] = [
  {
    id: 'robustness.answered',
    subject: 'robustness',
    level: 'required',
    title: 'every request is answered, in time',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'every exchange at the path of publishing',
    ruling: 'A request that abuses the protocol may also be answered by closing the connection.',
    check: view => {
      const { failure, response } = view.exchange;
      if (!isAtPublishing(view) || failure?.kind === 'unreachable') return null;
      if (failure === undefined || response !== undefined) return held;
      if (failure.kind === 'reset' && view.context.mayClose === true) return held;
      return broken(`the request was not answered: ${failure.message}`);
    },
  },
  {
    id: 'robustness.complete',
    subject: 'robustness',
    level: 'required',
    title: 'an answer that begins arrives completely, bounded in size',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'every exchange at the path of publishing that gets a status line',
    check: view => {
      const { failure, response } = view.exchange;
      if (!isAtPublishing(view) || response === undefined) return null;
      return failure === undefined || failure.kind === 'undecodable'
        ? held
        : broken(`the answer broke off: ${failure.message}`);
    },
  },
  {
    id: 'robustness.readable',
    subject: 'robustness',
    level: 'required',
    title: 'an answer is UTF-8 text under the content encoding that it announces',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'every exchange at the path of publishing with a body in its answer',
    check: view => {
      const { failure, response } = view.exchange;
      if (!isAtPublishing(view) || response === undefined) return null;
      if (failure?.kind === 'undecodable') return broken(`the answer cannot be read: ${failure.message}`);
      if (failure !== undefined || response.body === undefined || response.body === '') return null;
      return response.bodyEncoding === undefined ? held : broken('the answer is no valid UTF-8');
    },
  },
];
