/** What the server does for each answer of each choice: declared here, and nowhere else. */

import { choiceById } from '../../page/choices/index.ts';
import { ERROR_FAMILIES } from '../../page/error-codes.ts';
import type { Exchange } from '../../page/exchange.ts';
import type { Hooks } from '../call.ts';
import { countingChanges, publishingAlways, unsettingFirst } from './changed.ts';
import { everyReport } from './every-report.ts';
import { familyIn, undocumentedIn } from './examples.ts';
import { inPages, latestFirst, latestLast, withoutLatest } from './listed.ts';
import { forgettingNames, leavingFilesUnnamed, renamingFiles } from './named-files.ts';
import { answeringLatest, namingVersionsItself, withQualifiedUrn } from './published.ts';
import {
  answering,
  codesOf,
  hasNoBody,
  hasNullMembers,
  hasUnknownMembers,
  hasWrongDigest,
  isUntyped,
  ofForeignProject,
  ofMalformed,
  refusing,
  takingLongDescriptions,
  withCode,
} from './refused.ts';
import {
  blank,
  EXTRA_MEMBERS,
  mixedCase,
  withDigest,
  withFirstCpuFormula,
  withMembers,
  withMountIds,
  withoutMounts,
  withRfc3339Times,
  withSecrets,
  withUnset,
} from './reported.ts';

/** An answer, and an exchange that shows it when there is one. */
export interface ShownAnswer {
  readonly answer: string;
  readonly example?: Exchange;
}

/** What is done for an answer; `undefined` when the example does not tell enough. */
type Doing = Hooks | ((example: Exchange | undefined) => Hooks | undefined);

/** What is done for the answers that the server can give. */
type Behaviour = Readonly<Record<string, Doing>>;

/** What the server does anyway. */
const AS_IT_IS: Hooks = {};

/** The statuses that a choice is between: the one that the server answers with anyway, and what is done for others. */
function statuses(id: string, own: number, otherwise: (status: number) => Hooks): Behaviour {
  const { answers = [] } = choiceById(id) ?? {};
  return Object.fromEntries(
    answers.map(answer => [answer, answer === `${own}` ? AS_IT_IS : otherwise(Number(answer))]),
  );
}

/** Codes of one family in refusals with these statuses. */
function families(isMeant: (status: number) => boolean): Behaviour {
  const others = ERROR_FAMILIES.filter(family => family !== 'FSS');
  return {
    FSS: AS_IT_IS,
    ...Object.fromEntries(others.map(family => [family, codesOf(family, isMeant)])),
    another: example => {
      const family = familyIn(example);
      return family === undefined ? undefined : codesOf(family, isMeant);
    },
  };
}

/** In the order in which they are applied: what is left out before what unset members are, codes of refusals last. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  'version-mounts': { kept: AS_IT_IS, 'left out': { version: withoutMounts } },
  'func-urn': {
    '7 fields': AS_IT_IS,
    '8 fields, the version': { version: version => withQualifiedUrn(version, version.version) },
    '8 fields, latest': { version: version => withQualifiedUrn(version, 'latest') },
  },
  'code-filename': {
    'as sent': AS_IT_IS,
    'named by the service': renamingFiles,
    blank: forgettingNames,
  },
  'unnamed-code': { 'the service': AS_IT_IS, nobody: leavingFilesUnnamed },
  times: { 'YYYY-MM-DD HH:MM:SS': AS_IT_IS, 'RFC 3339': everyReport(withRfc3339Times) },
  'mount-ids': {
    'as configured': AS_IT_IS,
    strings: everyReport(report => withMountIds(report, String)),
    numbers: everyReport(report => withMountIds(report, Number)),
  },
  'digest-case': {
    lower: AS_IT_IS,
    upper: everyReport(report => withDigest(report, digest => digest.toUpperCase())),
    mixed: everyReport(report => withDigest(report, mixedCase)),
  },
  cpu: { 'memory/128*100+200': AS_IT_IS, 'memory/128*100': everyReport(withFirstCpuFormula) },
  'masked-secrets': {
    shown: AS_IT_IS,
    masked: everyReport(report => withSecrets(report, '******')),
    blank: everyReport(report => withSecrets(report, '')),
  },
  'unset-members': {
    'left out': AS_IT_IS,
    null: everyReport(report => withUnset(report, () => null)),
    blank: everyReport(report => withUnset(report, blank)),
  },
  'extra-members': {
    none: AS_IT_IS,
    some: example => {
      const members = undocumentedIn(example) ?? EXTRA_MEMBERS;
      return everyReport(report => withMembers(report, members));
    },
  },
  'requested-version': {
    'the requested name': AS_IT_IS,
    latest: answeringLatest,
    'an automatic name': namingVersionsItself,
  },
  'list-order': {
    'latest first, then oldest first': AS_IT_IS,
    'latest first, then newest first': { versions: entries => latestFirst(entries.toReversed()) },
    'oldest first, then latest': { versions: latestLast },
    'newest first, then latest': { versions: entries => entries.toReversed() },
    'oldest first': { versions: withoutLatest },
    'newest first': { versions: entries => withoutLatest(entries.toReversed()) },
  },
  'list-paging': { 'one page': AS_IT_IS, pages: inPages },
  'left-out-members': { kept: AS_IT_IS, unset: { operation: unsettingFirst } },
  'change-and-back': { 'no change': AS_IT_IS, 'a change': { operation: countingChanges } },
  unchanged: { refused: AS_IT_IS, published: { operation: publishingAlways } },
  'unknown-members': statuses('unknown-members', 200, status =>
    refusing(hasUnknownMembers, status, 'There is a member that is not documented'),
  ),
  'null-members': statuses('null-members', 200, status =>
    refusing(hasNullMembers, status, 'There is a member that is null'),
  ),
  'wrong-digest': statuses('wrong-digest', 200, status =>
    refusing(hasWrongDigest, status, 'digest is not the MD5 of the code'),
  ),
  'empty-body': statuses('empty-body', 200, status => refusing(hasNoBody, status, 'There is no body')),
  'missing-content-type': statuses('missing-content-type', 200, status =>
    refusing(isUntyped, status, 'Content-Type is missing'),
  ),
  'long-description': statuses('long-description', 400, () => takingLongDescriptions),
  'malformed-json': statuses('malformed-json', 400, status =>
    answering(ofMalformed, status, 'The body is not in JSON format'),
  ),
  'malformed-urn': statuses('malformed-urn', 400, status =>
    answering(withCode('FSS.1309'), status, 'The resource cannot be found'),
  ),
  'foreign-project': statuses('foreign-project', 403, status =>
    answering(ofForeignProject, status, 'project_id is not the project of the token'),
  ),
  'taken-name': statuses('taken-name', 409, status =>
    answering(withCode('FSS.1062'), status, 'The version cannot have this name', 'FSS.1015'),
  ),
  'error-codes-400': families(status => ![401, 403, 404].includes(status)),
  'error-codes-401': families(status => status === 401),
  'error-codes-403': families(status => status === 403),
  'error-codes-404': families(status => status === 404),
};

/** What is done for an answer; `undefined` when the server cannot give it. */
export function behaviourOf(id: string, { answer, example }: ShownAnswer): Hooks | undefined {
  const known = Object.hasOwn(behaviours, id) ? behaviours[id] : undefined;
  const doing = known !== undefined && Object.hasOwn(known, answer) ? known[answer] : undefined;
  return typeof doing === 'function' ? doing(example) : doing;
}
