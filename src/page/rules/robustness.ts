import { broken, held, type Rule } from '../clause.ts';
import type { Context } from '../context.ts';
import type { AnswerView, ExchangeView } from '../views.ts';
import { inWords } from '../words.ts';
import { isAnswerToForm, isGatewayStatus, isPublication } from './answers.ts';
import { bodyOf } from './request-faults.ts';
import { mustBeAccepted } from './requests.ts';

/** Whether the exchange was made at the path of publishing; others say nothing about this page. */
function isAtPublishing({ route }: ExchangeView): boolean {
  return route?.publishesAt ?? false;
}

/** Whether closing the connection answers the request, too. */
function mayClose({ mayClose, form }: Context): boolean {
  return mayClose === true || form?.standing === 'doubtful' || form?.standing === 'broken';
}

/** Whether the connection was closed; to what is no HTTP, a server may say something that is none either. */
function isClosed({ exchange }: ExchangeView): boolean {
  return exchange.failure?.kind === 'reset' || exchange.failure?.kind === 'malformed';
}

/** The status of an answer of the target's own. */
function statusOf({ exchange: { response } }: ExchangeView): number | undefined {
  return response === undefined || isGatewayStatus(response.status) ? undefined : response.status;
}

/** That the target goes on answering: looked at again when it stops. */
export const aliveRule: Rule<ExchangeView> = {
  id: 'robustness.alive',
  subject: 'robustness',
  level: 'required',
  title: 'no request stops the target from answering',
  source: { table: 'Status Codes', row: 'Status Code' },
  when: 'every exchange at the path of publishing; any exchange after which the target no longer answers',
  check: view => {
    const { stopped } = view.context;
    if (stopped !== undefined) return broken(stopped);
    return isAtPublishing(view) && view.exchange.response !== undefined ? held : null;
  },
};

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
      if (view.context.dropped !== undefined) return null;
      if (failure === undefined || response !== undefined) return held;
      if (isClosed(view) && mayClose(view.context)) return held;
      // What came before it is to blame (robustness.survives).
      if (view.context.after !== undefined) return null;
      return broken(`the request was not answered: ${failure.message}`);
    },
  },
  {
    id: 'robustness.connection',
    subject: 'robustness',
    level: 'informative',
    title: 'a connection stays open until the answer has come',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'every exchange at the path of publishing',
    ruling:
      'A connection may break anywhere on the way. What breaks again with the same request is a violation.',
    check: view => {
      const { failure, response } = view.exchange;
      const { dropped } = view.context;
      if (!isAtPublishing(view) || failure?.kind === 'unreachable') return null;
      if (dropped !== undefined) return broken(`the connection ended without an answer: ${dropped}`);
      return response === undefined ? null : held;
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
      if (failure === undefined || failure.kind === 'undecodable') return held;
      // A connection that is closed on bytes that nobody has read takes the answer back.
      if (failure.kind === 'reset' && mayClose(view.context)) return null;
      return broken(`the answer broke off: ${failure.message}`);
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
      if (response.bodyEncoding === undefined) return held;
      // Servers quote what makes no sense to them, byte by byte.
      return mayClose(view.context) ? null : broken('the answer is no valid UTF-8');
    },
  },
  {
    id: 'robustness.protocol',
    subject: 'robustness',
    level: 'required',
    title: 'a request in an unusual form of HTTP is accepted, or refused where HTTP allows that',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'a publish request in pieces, in chunks, as HTTP/1.0, half-closed, compressed, and the like',
    ruling:
      'How headers are spelled and how slowly they come makes no difference. Other forms may be refused with any 4xx, a 501 or a 505; where HTTP leaves it open what they mean, the connection may be closed too.',
    check: view => {
      const { form } = view.context;
      if (form === undefined || form.standing === 'broken' || !isAtPublishing(view)) return null;
      const status = statusOf(view);
      if (status === undefined) return isClosed(view) && mayClose(view.context) ? held : null;
      if (form.standing === 'equal' && mustBeAccepted(view)) {
        return status === 200 ? held : broken(`${form.title} was answered with ${status}; documented: 200`);
      }
      return isAnswerToForm(form, status)
        ? held
        : broken(`${form.title} was answered with ${status}; allowed: 200, any 4xx, 501, 505`);
    },
  },
  {
    id: 'robustness.abuse',
    subject: 'robustness',
    level: 'required',
    title: 'a request that makes no sense as HTTP is refused, or the connection closed',
    source: { table: 'Status Codes', row: '400' },
    when: 'a publish request with a wrong length, two lengths, a broken path, and the like',
    ruling: 'Refused means any 4xx, a 501 or a 505: never another 5xx, never a 2xx that creates a version.',
    check: view => {
      const { form } = view.context;
      if (form?.standing !== 'broken' || !isAtPublishing(view)) return null;
      const status = statusOf(view);
      if (status === undefined) return isClosed(view) ? held : null;
      return isAnswerToForm(form, status)
        ? held
        : broken(`${form.title} was answered with ${status}; allowed: any 4xx, 501, 505`);
    },
  },
  {
    id: 'robustness.survives',
    subject: 'robustness',
    level: 'required',
    title: 'after a request that is refused for what it is, the next one is answered',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'a publish request over a new connection, right after one that abuses HTTP or has an invalid body',
    check: view => {
      const { after } = view.context;
      const { failure, response } = view.exchange;
      if (after === undefined || !isAtPublishing(view) || view.context.dropped !== undefined) return null;
      if (response !== undefined) return isGatewayStatus(response.status) ? null : held;
      return broken(`after ${after}, the next request was not answered: ${failure?.message}`);
    },
  },
];

/** Clauses that answers to publish requests in an unusual form are held against. */
export const formRules: readonly Rule<AnswerView>[] = [
  {
    id: 'robustness.forms',
    subject: 'robustness',
    level: 'recommended',
    title: 'a request that is lawful HTTP is accepted in every form',
    source: { table: 'Status Codes', row: '200' },
    when: 'a valid publish request in chunks, with Expect, as HTTP/1.0, pipelined, or with %3A in its path',
    ruling: 'HTTP lets a server refuse each of these, but clients and gateways use them.',
    check: view => {
      const { form } = view.context;
      if (form?.standing !== 'optional' || view.faults.length > 0) return null;
      if (!isPublication(view)) {
        if (!mustBeAccepted(view) || isGatewayStatus(view.status)) return null;
        return broken(`${form.title} was answered with ${view.status}; in the usual form it is accepted`);
      }
      // An answer that cannot be read is a finding of its own.
      if (view.json.kind !== 'value') return null;
      const { description } = bodyOf(view.request);
      const { version_description: reported } = bodyOf({ json: view.json });
      return reported === description
        ? held
        : broken(
            `version_description is ${inWords(reported)} after ${form.title}; the request had ${inWords(description)}`,
          );
    },
  },
];
