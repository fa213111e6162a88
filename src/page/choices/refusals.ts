/** Choices in how a publish request is answered that has something wrong, or unusual, with it. */

import type { Context } from '../context.ts';
import { ERROR_FAMILIES, errorFamily } from '../error-codes.ts';
import { requestFaults } from '../rules/request-faults.ts';
import { isAbout } from '../rules/requests.ts';
import type { AnswerView } from '../views.ts';
import { inWords } from '../words.ts';
import type { ReadableChoice, Shown } from './choice.ts';

type AnswerChoice = ReadableChoice<AnswerView>;

/** Statuses that the page allows in answer to one thing or another that is wrong with a request. */
const STATUSES = [200, 400, 401, 403, 404, 406, 409, 415] as const;

/** What may be told apart from the fault by a status: without knowing it, the status says nothing of the fault. */
interface Doubts {
  /** A 400 may also be for want of changes. */
  readonly unchanged?: true;
  /** A 401 may also be about the credentials. */
  readonly credentials?: true;
  /** A 403 or 404 may also be about a permission, or a function that does not exist. */
  readonly function?: true;
}

/** Whether something is there to publish; `undefined` when nobody knows. */
function unpublishedChanges({ context, past }: AnswerView): boolean | undefined {
  return Object.hasOwn(context, 'unpublishedChanges') ? context.unpublishedChanges : past?.unpublishedChanges;
}

function isCertain(view: AnswerView, doubts: Doubts): boolean {
  const { credentials, function: known }: Context = view.context;
  switch (view.status) {
    case 400:
      return doubts.unchanged === undefined || unpublishedChanges(view) === true;
    case 401:
      return doubts.credentials === undefined || credentials === 'valid';
    case 403:
    case 404:
      return doubts.function === undefined || (credentials === 'valid' && known === 'exists');
    default:
      return true;
  }
}

/** Which of the statuses that the page allows a fault of a request is answered with. */
function statusChoice(id: string, question: string, faultId: string, doubts: Doubts = {}): AnswerChoice {
  const fault = requestFaults.find(each => each.id === faultId);
  if (fault === undefined) throw new Error(`${id} is about ${faultId}, which is no fault of a request.`);
  const { source, when, ruling = `Any of them is documented: ${fault.answered}.` } = fault;
  const { answers } = fault;
  return {
    id,
    question,
    answers: STATUSES.filter(answers).map(String),
    source,
    ruling,
    when,
    shownBy: view => {
      if (!isAbout(view, fault) || !answers(view.status) || !isCertain(view, doubts)) return undefined;
      return { answer: String(view.status), by: answered(view) };
    },
  };
}

/** The status, and the error code that came with it. */
function answered({ status, errorCode }: AnswerView): string {
  return errorCode === undefined ? `${status}` : `${status} ${inWords(errorCode)}`;
}

/** Statuses of refusals, each with who may refuse so. */
const REFUSALS = [
  [400, 'a request that is refused for what it says'],
  [401, 'missing or wrong credentials'],
  [403, 'credentials without permission'],
  [404, 'what does not exist'],
] as const;

/** Gateways have codes of their own, and not for every refusal. */
const errorCodeChoices = REFUSALS.map(
  ([status, what]): AnswerChoice => ({
    id: `error-codes-${status}`,
    question: `Which family is the error_code of a ${status} of (${what})?`,
    answers: [...ERROR_FAMILIES, 'another'],
    source: { table: 'Table 14', row: 'error_code' },
    ruling: 'Letters, a period, digits: a gateway may answer with codes of its own.',
    when: `every ${status} with an error_code`,
    shownBy: ({ status: answeredWith, errorCode, context }) => {
      if (answeredWith !== status || errorCode === undefined || context.form !== undefined) return undefined;
      return { answer: errorFamily(errorCode), by: `error_code is ${inWords(errorCode)}` };
    },
  }),
);

/** Choices that the answer to a publish request shows. */
export const refusalChoices: readonly AnswerChoice[] = [
  statusChoice('malformed-json', 'Which status answers a body that is not JSON?', 'request.body.malformed'),
  statusChoice(
    'unknown-members',
    'Which status answers a request with members that are not documented?',
    'request.body.unknown-members',
    { unchanged: true },
  ),
  statusChoice(
    'null-members',
    'Which status answers a request with a member that is null?',
    'request.body.null-members',
    { unchanged: true },
  ),
  statusChoice('empty-body', 'Which status answers a request without a body?', 'request.body.absent', {
    unchanged: true,
  }),
  statusChoice(
    'missing-content-type',
    'Which status answers a request without Content-Type?',
    'request.content-type.missing',
    { unchanged: true, credentials: true, function: true },
  ),
  statusChoice(
    'wrong-digest',
    'Which status answers a digest that is not that of the code?',
    'request.digest.wrong',
    { unchanged: true, function: true },
  ),
  statusChoice(
    'long-description',
    'Which status answers a description of more than 512 characters?',
    'request.description.length',
    { unchanged: true },
  ),
  statusChoice(
    'malformed-urn',
    'Which status answers a malformed function_urn?',
    'request.function_urn.malformed',
  ),
  statusChoice(
    'foreign-project',
    'Which status answers a project_id that is not the token’s?',
    'request.project_id.foreign',
    { credentials: true },
  ),
  statusChoice('taken-name', 'Which status answers a version name that is taken?', 'request.version.taken', {
    unchanged: true,
  }),
  {
    id: 'unchanged',
    question: 'Is publishing without a change refused?',
    answers: ['refused', 'published'],
    source: { table: 'Error Codes', row: 'FSS.1016' },
    ruling: '400 with FSS.1016 by the error code table; 200 is tolerated.',
    when: 'a publish request for a function on which nothing changed since its last publication',
    shownBy: view => {
      const others = view.faults.filter(({ id }) => id !== 'state.unchanged.republish');
      if (others.length > 0 || unpublishedChanges(view) !== false) return undefined;
      return publishedOrRefused(view, 'published', 'refused');
    },
  },
  {
    id: 'change-and-back',
    question: 'Is a change of the configuration, and back again, a change that can be published?',
    answers: ['no change', 'a change'],
    source: { table: 'Error Codes', row: 'FSS.1016' },
    ruling:
      'The page says that nothing changed, and not what is compared with what. Where publishing without a change is published, nobody can tell.',
    needless: { choice: 'unchanged', answer: 'published' },
    when: 'a publish request after the configuration was changed and changed back since the last publication',
    shownBy: view => {
      if (view.faults.length > 0 || view.past?.isChangedBack !== true) return undefined;
      return publishedOrRefused(view, 'a change', 'no change');
    },
  },
  ...errorCodeChoices,
];

function publishedOrRefused(view: AnswerView, published: string, refused: string): Shown | undefined {
  if (view.status !== 200 && view.status !== 400) return undefined;
  return { answer: view.status === 200 ? published : refused, by: answered(view) };
}
