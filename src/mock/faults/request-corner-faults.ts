import { isObject } from '../../page/formats.ts';
import { refused } from '../answer.ts';
import type { Publication } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault, reporting } from './fault.ts';

/** Functions that were published before, by how often. */
function isRepeated({ fn }: Publication): boolean {
  return fn.versions.length > 0;
}

function described(change: (description: string) => string): (version: JsonObject) => JsonObject {
  return version => changedAt(version, 'version_description', text => change(String(text)));
}

/** Faults that show only for some requests. */
export const requestCornerFaults: readonly Fault[] = [
  reporting(
    'description-loses-accents',
    'characters beyond ASCII in a description become question marks',
    ['body.version_description.echo'],
    described(text => text.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')),
  ),
  reporting(
    'description-loses-emoji',
    'characters beyond the basic plane in a description become question marks',
    ['body.version_description.echo'],
    described(text => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')),
  ),
  reporting(
    'description-cut-at-200',
    'a description of more than 200 characters is cut',
    ['body.version_description.echo'],
    described(text => [...text].slice(0, 200).join('')),
  ),
  reporting(
    'description-trimmed',
    'white space around a description is taken away',
    ['body.version_description.echo'],
    described(text => text.trim()),
  ),
  reporting(
    'description-kept',
    'a publication without a description has that of the one before',
    ['body.version_description.echo'],
    (version, { fn }) => {
      const last = fn.versions.at(-1)?.reported.version_description;
      return version.version_description !== undefined || last === undefined
        ? version
        : { ...version, version_description: last };
    },
  ),
  fault(
    'astral-description-fails',
    'a description with characters beyond the basic plane is answered with 500',
    ['request.description.accepted', 'request.version.accepted', 'request.body.accepted'],
    {
      operation: (call, next) => {
        const answer = next(call);
        const text = isObject(answer.body) ? answer.body.version_description : undefined;
        if (call.operation !== 'publish' || typeof text !== 'string') return answer;
        return /[\u{10000}-\u{10ffff}]/u.test(text)
          ? refused(refusal(500, 'FSS.0500', 'Internal server error'))
          : answer;
      },
    },
  ),
  reporting(
    'cpu-0-when-version-requested',
    'cpu is 0 when a version name was asked for',
    ['body.cpu.range'],
    (version, { requestedName }) => (requestedName === undefined ? version : { ...version, cpu: 0 }),
  ),
  fault(
    'requested-version-in-lower-case',
    'a version name that was asked for is turned to lower case',
    ['body.version.format', 'body.version.requested'],
    { versionName: (name, { requestedName }) => (requestedName === undefined ? name : name.toLowerCase()) },
  ),
  fault(
    'requested-version-cut-at-32',
    'a version name that was asked for is cut at 32 characters',
    ['body.version.format', 'body.version.requested'],
    { versionName: name => name.slice(0, 32) },
  ),
  reporting(
    'second-publication-without-digest',
    'only the first publication has a digest',
    ['body.digest.present'],
    (version, publication) => {
      if (!isRepeated(publication)) return version;
      const { digest: _digest, ...rest } = version;
      return rest;
    },
  ),
  reporting(
    'second-publication-reports-first',
    'a later publication reports the timeout of the first',
    ['body.timeout.echo'],
    (version, { fn }) => ({ ...version, timeout: fn.versions[0]?.reported.timeout ?? version.timeout }),
  ),
  reporting(
    'underscore-becomes-hyphen',
    'an underscore in func_name becomes a hyphen',
    ['body.func_name.urn'],
    version => changedAt(version, 'func_name', name => String(name).replaceAll('_', '-')),
  ),
];
