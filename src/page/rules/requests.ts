import { broken, type Clause, held, type Rule } from '../clause.ts';
import type { AnswerView, ExchangeView } from '../views.ts';
import { inWords } from '../words.ts';
import { isGatewayStatus, isPublication } from './answers.ts';
import { namesQuota } from './quota.ts';
import { bodyOf, type RequestFault, requestFaults } from './request-faults.ts';

/** The clause of a fault, without what its checking needs. */
function clauseOf(fault: RequestFault): Clause {
  const { isIn: _isIn, answers: _answers, answered: _answered, code: _code, ...clause } = fault;
  return clause;
}

/** Whether the fault is the only thing wrong with the request, and the answer is one to it. */
export function isAbout(view: AnswerView, fault: RequestFault): boolean {
  return view.faults.length === 1 && view.faults[0] === fault && saysSomething(view);
}

/** How a request with exactly one fault is answered. */
function refusalRule(fault: RequestFault): Rule<AnswerView> {
  return {
    ...clauseOf(fault),
    check: view => {
      if (!isAbout(view, fault)) return null;
      if (fault.answers(view.status)) return held;
      if (mayBeAboutTheUnknown(view)) return null;
      // That is a clause of its own, and a required one.
      if (fault.level !== 'required' && view.status >= 500) return null;
      return broken(`the status is ${view.status}; documented: ${fault.answered}`);
    },
  };
}

/** Where services differ in how they answer a fault, none answers it with a 5xx. */
function neverServerErrorRule(fault: RequestFault): Rule<AnswerView> {
  return {
    ...clauseOf(fault),
    id: `${fault.id}-never-5xx`,
    level: 'required',
    title: `${fault.when}, is never answered with a 5xx`,
    ruling: 'Any invalid request: never a 5xx.',
    check: view => {
      if (!isAbout(view, fault)) return null;
      return view.status < 500 ? held : broken(`the status is ${view.status}; documented: ${fault.answered}`);
    },
  };
}

/** The error code with which a fault is refused. */
function codeRule(fault: RequestFault, { status, code }: { status: number; code: string }): Rule<AnswerView> {
  return {
    id: `${fault.id}-code`,
    subject: fault.subject,
    level: 'recommended',
    title: `${fault.when}, is refused with the code ${code}`,
    source: { table: 'Error Codes', row: code },
    when: `a ${status} to ${fault.when}`,
    ruling: 'FGS is the same family of codes.',
    check: view => {
      if (!isAbout(view, fault) || view.status !== status || view.errorCode === undefined) return null;
      if (numberOf(view.errorCode) === numberOf(code)) return held;
      // Without unpublished changes that may be the reason of the refusal.
      if (status === 400 && view.context.unpublishedChanges === undefined) return null;
      return broken(`error_code is ${inWords(view.errorCode)}; documented: ${code}`, '/error_code');
    },
  };
}

/** `FSS.1019` and `FGS.1019` are one code. */
function numberOf(code: string): string {
  return code.replace(/^F[SG]S\./, '');
}

/** An answer of the operation itself to a request in the usual form, from a target that was not told to fail. */
function saysSomething(view: AnswerView): boolean {
  const { request, status, context } = view;
  return (
    request.isKnown &&
    !isGatewayStatus(status) &&
    !namesQuota(view) &&
    context.serviceFails !== true &&
    context.form === undefined
  );
}

/**
 * Whether the answer may be about something that nobody knows of: credentials that may be refused, a
 * function that may not exist. Then it says nothing about the faults that are known.
 */
function mayBeAboutTheUnknown({ status, request, context }: AnswerView): boolean {
  if (!request.hasCredentials || (context.credentials ?? 'valid') !== 'valid') return false;
  if (status === 401 || status === 403) return context.credentials === undefined;
  return status === 404 && context.function === undefined;
}

/** Whether the context tells that a request without faults must be accepted. */
export function mustBeAccepted({ context }: Pick<AnswerView, 'context'>): boolean {
  return (
    context.credentials === 'valid' && context.function === 'exists' && context.unpublishedChanges === true
  );
}

const OPTIONAL_MEMBERS = ['digest', 'version', 'description'] as const;

/** The part of a request that a refusal is pinned on: its only member, else a suspect, else the body as a whole. */
function blamed(view: AnswerView): string {
  const sent = OPTIONAL_MEMBERS.filter(member => bodyOf(view.request)[member] !== undefined);
  if (sent.length === 1) return sent[0] ?? 'body';
  return sent.find(member => view.context.suspects?.includes(member)) ?? 'body';
}

function isShortForm(view: AnswerView): boolean {
  return view.request.urn !== undefined && view.request.urn.region === undefined;
}

function acceptedRule(part: 'body' | (typeof OPTIONAL_MEMBERS)[number]): Rule<AnswerView> {
  const title =
    part === 'body'
      ? 'a valid request is answered with 200'
      : `a valid request with a ${part} is answered with 200`;
  return {
    id: `request.${part}.accepted`,
    subject: `request.${part}`,
    level: 'required',
    title,
    source: part === 'body' ? { table: 'Status Codes', row: '200' } : { table: 'Table 3', row: part },
    when: 'a publish request made of the three optional strings, for an existing function with unpublished changes',
    ruling:
      'Any subset of the three, {} too. A 500 in answer to a request that the page allows is a violation.',
    check: view => {
      if (!saysSomething(view) || isShortForm(view)) return null;
      if (part !== 'body' && bodyOf(view.request)[part] === undefined) return null;
      if (isPublication(view)) return held;
      if (blamed(view) !== part || !(mustBeAccepted(view) || view.status === 500)) return null;
      const code = view.errorCode === undefined ? '' : ` (${inWords(view.errorCode)})`;
      return broken(`a valid request was answered with ${view.status}${code}; documented: 200`);
    },
  };
}

/** How a publish request with faults is answered: nothing to be said of one without. */
export const faultyRequestRules: readonly Rule<AnswerView>[] = [
  ...requestFaults.map(refusalRule),
  ...requestFaults.filter(({ level }) => level !== 'required').map(neverServerErrorRule),
  ...requestFaults.flatMap(fault => (fault.code === undefined ? [] : [codeRule(fault, fault.code)])),
  {
    id: 'request.body.several-faults',
    subject: 'request.body',
    level: 'required',
    title: 'a request with several faults gets an answer that one of them allows',
    source: { table: 'Status Codes', row: '400' },
    when: 'a publish request with more than one fault',
    ruling: 'Any invalid request: never a 5xx, never a 2xx that creates a version.',
    check: view => {
      if (view.faults.length < 2 || !saysSomething(view)) return null;
      if (view.faults.some(fault => fault.answers(view.status))) return held;
      if (mayBeAboutTheUnknown(view)) return null;
      const allowed = view.faults.map(fault => fault.answered).join('; ');
      return broken(
        `the status is ${view.status}; documented for what is wrong with the request: ${allowed}`,
      );
    },
  },
];

/** How a publish request without faults is answered: nothing to be said of one with any. */
export const validRequestRules: readonly Rule<AnswerView>[] = [
  ...OPTIONAL_MEMBERS.map(acceptedRule),
  acceptedRule('body'),
  {
    id: 'request.function_urn.short-form',
    subject: 'request.function_urn',
    level: 'recommended',
    title: 'a short form of the URN is as good as the long one',
    source: { table: 'Table 1', row: 'function_urn' },
    when: 'a valid publish request that names the function by a short form of its URN',
    ruling:
      'The function model lists them: <name>, <package>:<name>, <project_id>:<package>:<name>, and with a version.',
    check: view => {
      if (!isShortForm(view) || !saysSomething(view) || !mustBeAccepted(view)) return null;
      return isPublication(view)
        ? held
        : broken(`${view.request.functionUrn} was answered with ${view.status}; the long form is accepted`);
    },
  },
];

/** How other methods at the path of publishing are answered. */
export const methodRule: Rule<ExchangeView> = {
  id: 'request.method.other',
  subject: 'request.method',
  level: 'required',
  title: 'another method than POST (and GET, which lists) is answered with a 4xx',
  source: { table: 'URI', row: 'POST' },
  when: 'a PUT or PATCH at the path of publishing',
  check: ({ exchange, route }) => {
    const status = exchange.response?.status;
    if (route === undefined || !route.publishesAt || route.operation !== undefined || status === undefined)
      return null;
    // A preflight of a browser, and a GET without its body, are no misuse.
    if (/^(?:OPTIONS|HEAD)$/i.test(exchange.request.method)) return null;
    if (isGatewayStatus(status)) return null;
    return status >= 400 && status < 500
      ? held
      : broken(`${exchange.request.method} was answered with ${status}; documented: a 4xx`);
  },
};
