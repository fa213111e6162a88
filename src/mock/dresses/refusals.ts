import { isObject } from '../../page/formats.ts';
import { type Answer, refused } from '../answer.ts';
import type { Call } from '../call.ts';
import { refusingCalls } from '../choices/refused.ts';
import type { StoredFunction } from '../functions.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { namedFunction, sentObject } from '../sent.ts';
import { choosing, type Dress, wearing } from './dress.ts';

const CONFIGURING = ['create function', 'change configuration'] as const;

const invalid = (message: string) => refused(refusal(400, 'FSS.0400', message));

function strategyIn(call: Call): JsonObject {
  const strategy = sentObject(call).strategy_config;
  return isObject(strategy) ? strategy : {};
}

/** Changes the code as if no code were the same. */
function acceptingSameCode(call: Call, next: (call: Call) => Answer): Answer {
  const fn = call.operation === 'change code' ? namedFunction(call) : undefined;
  if (fn === undefined) return next(call);
  const before = fn.state;
  fn.state = '';
  const answer = next(call);
  if (fn.state === '') fn.state = before;
  return answer;
}

/** Functions that someone tried to delete. */
const triedToDelete = new WeakSet<StoredFunction>();

/** Unusual refusals, and unusual leniency. */
export const refusalDresses: readonly Dress[] = [
  choosing('malformed-406', 'a body that is not JSON is answered with 406', { 'malformed-json': '406' }),
  choosing('taken-400', 'a version name that is taken is answered with 400', { 'taken-name': '400' }),
  choosing('malformed-urn-404', 'a malformed URN is answered with 404', { 'malformed-urn': '404' }),
  choosing('foreign-project-404', 'a project that is not the token’s is answered with 404', {
    'foreign-project': '404',
  }),
  choosing('republish-200', 'publishing again with no change makes another version', {
    unchanged: 'published',
  }),
  choosing('unknown-members-refused', 'a publish request with an undocumented member is answered with 400', {
    'unknown-members': '400',
  }),
  choosing('null-members-refused', 'a publish request with a member that is null is answered with 400', {
    'null-members': '400',
  }),
  choosing('wrong-digest-refused', 'a digest that is not the MD5 of the code is answered with 400', {
    'wrong-digest': '400',
  }),
  choosing('empty-body-refused', 'a publish request without a body is answered with 400', {
    'empty-body': '400',
  }),
  choosing('content-type-demanded', 'a publish request without Content-Type is answered with 415', {
    'missing-content-type': '415',
  }),
  wearing(
    'concurrent-num-demanded',
    'concurrency without concurrent_num is refused',
    refusingCalls(
      ['change configuration'],
      call => {
        const { concurrency, concurrent_num } = strategyIn(call);
        return concurrency !== undefined && concurrent_num === undefined;
      },
      invalid('concurrent_num is missing beside concurrency'),
    ),
  ),
  wearing(
    'concurrent-num-refused',
    'concurrent_num beside concurrency is refused',
    refusingCalls(
      ['change configuration'],
      call => {
        const { concurrency, concurrent_num } = strategyIn(call);
        return concurrency !== undefined && concurrent_num !== undefined;
      },
      invalid('concurrent_num beside concurrency is not supported here'),
    ),
  ),
  wearing(
    'agencies-unknown',
    'an agency that is named does not exist',
    refusingCalls(
      CONFIGURING,
      call => (sentObject(call).xrole ?? sentObject(call).app_xrole) !== undefined,
      refused(refusal(400, 'FSS.1021', 'The agency does not exist')),
    ),
  ),
  wearing(
    'networks-unknown',
    'a VPC that is named does not exist',
    refusingCalls(
      CONFIGURING,
      call => sentObject(call).func_vpc !== undefined,
      refused(refusal(400, 'FSS.1034', 'The VPC does not exist')),
    ),
  ),
  wearing('same-code-accepted', 'uploading the very same code again is a change of the code', {
    operation: acceptingSameCode,
  }),
  choosing('left-out-unset', 'members that a change of the configuration leaves out are unset', {
    'left-out-members': 'unset',
  }),
  wearing('deletes-at-second-try', 'the first attempt to delete a function fails with 500', {
    operation: (call, next) => {
      const fn = call.operation === 'delete' ? namedFunction(call) : undefined;
      if (fn === undefined || triedToDelete.has(fn)) return next(call);
      triedToDelete.add(fn);
      return refused(refusal(500, 'FSS.0500', 'The function is being created'));
    },
  }),
];
