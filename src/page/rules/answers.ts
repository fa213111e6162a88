import { broken, held, type Rule } from '../clause.ts';
import type { RequestForm } from '../context.ts';
import { statusOfCode } from '../error-codes.ts';
import type { JsonReading } from '../publish-request-view.ts';
import { GATEWAY_STATUSES, STATUSES } from '../values.ts';
import type { AnswerView } from '../views.ts';
import { inWords } from '../words.ts';
import { namesQuota } from './quota.ts';
import { bodyOf } from './request-faults.ts';

/** Whether the status table has the status. */
export function isDocumentedStatus(status: number): boolean {
  return STATUSES.some(documented => documented === status);
}

/** Whether the status is the gateway's and says nothing about the operation. */
export function isGatewayStatus(status: number): boolean {
  return GATEWAY_STATUSES.some(gateway => gateway === status);
}

/** Whether the status is in the table, or allowed for what is wrong with the request. */
function isAllowedStatus(view: AnswerView): boolean {
  const { status, faults, context } = view;
  const { form } = context;
  return (
    isDocumentedStatus(status) ||
    faults.some(fault => fault.answers(status)) ||
    (status === CONFLICT && mayBeTaken(view)) ||
    (form !== undefined && isAnswerToForm(form, status))
  );
}

const CONFLICT = 409;

/** Whether a name is asked for of which nobody knows whether it is free: another request may come first. */
function mayBeTaken({ request, context }: AnswerView): boolean {
  return context.requestedVersion === undefined && typeof bodyOf(request).version === 'string';
}

/**
 * Whether HTTP allows the status in answer to a request of this form: a refusal, which may also be a 501 or
 * 505 for what a server does not know; a 200 for what makes sense; a redirect where what is meant is open.
 */
export function isAnswerToForm({ standing }: RequestForm, status: number): boolean {
  const isRefusal = (status >= 400 && status < 500) || status === 501 || status === 505;
  if (isRefusal || standing === 'broken') return isRefusal;
  return status === 200 || (standing === 'doubtful' && status >= 300 && status < 400);
}

/** Whether an answer reports a published version. */
export function isPublication(view: AnswerView): boolean {
  return view.status === 200 || (view.status > 200 && view.status < 300 && view.json.kind === 'value');
}

function mediaType(view: AnswerView): string | undefined {
  return view.exchange.response?.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

function isJsonType(type: string | undefined): boolean {
  return type === 'application/json';
}

/** Clauses that every answer to a publish request is held against. */
export const answerRules: readonly Rule<AnswerView>[] = [
  {
    id: 'status.documented',
    subject: 'status',
    level: 'required',
    title: 'a publish request is answered with 200, 400, 401, 403, 404 or 500',
    source: { table: 'Status Codes', row: 'Status Code' },
    when: 'every answer to a publish request that is not the gateway’s (429, 502, 503, 504)',
    ruling:
      '409 too when a requested name is taken, 406 for a body that is not JSON; abuse of the protocol may get any 4xx.',
    check: view => {
      if (isGatewayStatus(view.status) || namesQuota(view)) return null;
      if (isAllowedStatus(view)) return held;
      return broken(`the status is ${view.status}; documented: ${STATUSES.join(', ')}`);
    },
  },
  {
    id: 'header.content-type.json',
    subject: 'header.content-type',
    level: 'required',
    title: 'a 200 answer has the content type application/json',
    source: { table: 'Table 2', row: 'Content-Type' },
    when: 'every 200 answer',
    ruling: 'Parameters such as charset are allowed.',
    check: view => {
      if (!isPublication(view)) return null;
      const type = mediaType(view);
      return isJsonType(type)
        ? held
        : broken(`the content type is ${inWords(type)}; documented: application/json`);
    },
  },
  {
    id: 'header.content-type.error',
    subject: 'header.content-type',
    level: 'recommended',
    title: 'an error answer has the content type application/json',
    source: { table: 'Table 2', row: 'Content-Type' },
    when: 'every answer with 400, 401, 403, 404 or 500',
    check: view => {
      if (!isErrorAnswer(view)) return null;
      const type = mediaType(view);
      return isJsonType(type)
        ? held
        : broken(`the content type is ${inWords(type)}; expected: application/json`);
    },
  },
  {
    id: 'error.error_code.status',
    subject: 'error.error_code',
    level: 'recommended',
    title: 'an error code comes with the status that the error code table gives for it',
    source: { table: 'Error Codes', row: 'Status' },
    when: 'every error answer with a code that is in the error code table',
    check: view => {
      const documented = view.errorCode === undefined ? undefined : statusOfCode(view.errorCode);
      if (documented === undefined || isGatewayStatus(view.status) || !isAllowedStatus(view)) return null;
      return documented === view.status
        ? held
        : broken(
            `error_code ${inWords(view.errorCode)} came with status ${view.status}; documented: ${documented}`,
            '/error_code',
          );
    },
  },
];

/**
 * Whether the answer has a status for which the page documents an error body. A request in an unusual form may
 * be refused by something in front of the operation that knows nothing of the page.
 */
export function isErrorAnswer({ status, context }: Pick<AnswerView, 'status' | 'context'>): boolean {
  return status >= 400 && isDocumentedStatus(status) && context.form === undefined;
}

/** The error code in a JSON error body. */
export function errorCodeIn(json: JsonReading): string | undefined {
  const { error_code: code } = bodyOf({ json });
  return typeof code === 'string' && code !== '' ? code : undefined;
}
