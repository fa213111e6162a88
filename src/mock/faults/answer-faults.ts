import { isObject } from '../../page/formats.ts';
import { isDocumentedStatus } from '../../page/rules/answers.ts';
import { type Answer, refused } from '../answer.ts';
import type { Call } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { type Fault, fault } from './fault.ts';
import { isValid } from './reading.ts';

/** Whether a publish request was refused with a status that the page documents. */
function isRefused({ status }: Answer, { operation }: Call): boolean {
  return operation === 'publish' && status >= 400 && isDocumentedStatus(status);
}

function isPublished({ status }: Answer, { operation }: Call): boolean {
  return operation === 'publish' && status === 200;
}

function errorBodyFault(
  name: string,
  title: string,
  about: string | Fault['breaks'],
  change: (body: JsonObject, status: number) => unknown,
): Fault {
  return fault(name, title, typeof about === 'string' ? [about] : about, {
    answer: (answer, call) =>
      isRefused(answer, call) && isObject(answer.body)
        ? { ...answer, body: change(answer.body, answer.status) }
        : answer,
  });
}

/** Faults of error bodies, of status codes and of content types. */
export const answerFaults: readonly Fault[] = [
  errorBodyFault('error.body.type', 'an error body is an array', 'error.body.type', body => [body]),
  errorBodyFault(
    'error-body-is-text',
    'an error body is a JSON string',
    'error.body.type',
    body => body.error_msg,
  ),
  ...(['error_code', 'error_msg'] as const).flatMap(member => [
    errorBodyFault(
      `error.${member}.present`,
      `an error body has no ${member}`,
      `error.${member}.present`,
      ({ [member]: _member, ...rest }) => rest,
    ),
    errorBodyFault(
      `${member.replace('_', '-')}-blank`,
      `${member} of a 401 is blank`,
      `error.${member}.present`,
      (body, status) => (status === 401 ? { ...body, [member]: '' } : body),
    ),
    errorBodyFault(
      `error.${member}.type`,
      `${member} is a number`,
      `error.${member}.type`,
      (body, status) => ({ ...body, [member]: status }),
    ),
  ]),
  errorBodyFault(
    'error.error_code.format',
    'the error_code of a 401 is a word',
    'error.error_code.format',
    (body, status) => (status === 401 ? { ...body, error_code: 'UNAUTHORIZED' } : body),
  ),
  errorBodyFault(
    'error.error_code.status',
    'a 401 comes with the error code of a 403',
    'error.error_code.status',
    (body, status) => (status === 401 ? { ...body, error_code: 'FSS.0403' } : body),
  ),
  errorBodyFault(
    'error-body-camel-case',
    'the members of an error body are errorCode and errorMsg',
    ['error.error_code.present', 'error.error_msg.present'],
    ({ error_code, error_msg }) => ({ errorCode: error_code, errorMsg: error_msg }),
  ),
  errorBodyFault(
    'error-code-of-403-missing',
    'only the body of a 403 has no error_code',
    'error.error_code.present',
    ({ error_code, ...rest }, status) => (status === 403 ? rest : { error_code, ...rest }),
  ),
  fault('header.content-type.error', 'an error answer is text/plain', ['header.content-type.error'], {
    answer: (answer, call) =>
      isRefused(answer, call)
        ? { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain; charset=utf-8' } }
        : answer,
  }),
  fault('header.content-type.json', 'a 200 answer is text/html', ['header.content-type.json'], {
    answer: (answer, call) =>
      isPublished(answer, call) ? { ...answer, headers: { 'content-type': 'text/html' } } : answer,
  }),
  fault('status.documented', 'a publication is answered with 201', ['status.documented'], {
    operation: (call, next) => {
      // What is wrong with a request is looked at before the publication changes it.
      const wasValid = isValid(call);
      const answer = next(call);
      return wasValid && answer.status === 200 ? { ...answer, status: 201 } : answer;
    },
  }),
  fault('unauthorized-page', 'a 401 is an HTML page', ['error.body.type', 'header.content-type.error'], {
    wire: (wire, { operation }) =>
      operation === 'publish' && wire.status === 401
        ? {
            ...wire,
            headers: { 'content-type': 'text/html' },
            bytes: Buffer.from('<html><body>Unauthorized</body></html>'),
          }
        : wire,
  }),
  fault(
    'absent-function-without-body',
    'a 404 has no body',
    ['error.body.type', 'header.content-type.error'],
    {
      answer: (answer, call) =>
        isRefused(answer, call) && answer.status === 404 ? { ...answer, body: undefined } : answer,
    },
  ),
  fault(
    'internal-error-as-text',
    'a 500 is a stack trace',
    ['error.body.type', 'header.content-type.error'],
    {
      wire: (wire, { operation }) =>
        operation === 'publish' && wire.status === 500
          ? {
              ...wire,
              headers: { 'content-type': 'text/plain' },
              bytes: Buffer.from('java.lang.NullPointerException\n\tat Publish.run(Publish.java:42)\n'),
            }
          : wire,
    },
  ),
  fault(
    'description-refused-with-422',
    'a long description is refused with 422',
    ['status.documented', 'request.description.length'],
    {
      answer: answer =>
        isObject(answer.body) && answer.body.error_code === 'FSS.1019'
          ? refused(refusal(422, 'FSS.1019', 'Unprocessable'))
          : answer,
    },
  ),
];
