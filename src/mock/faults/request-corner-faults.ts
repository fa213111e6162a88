import { isObject } from '../../page/formats.ts';
import { type FullFunctionUrn, parseFullUrn } from '../../page/urn.ts';
import { refused } from '../answer.ts';
import type { Publication } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault, reporting } from './fault.ts';
import { hasOnly } from './reading.ts';

/** Functions that were published before, by how often. */
function isRepeated({ fn }: Publication): boolean {
  return fn.versions.length > 0;
}

function described(change: (description: string) => string): (version: JsonObject) => JsonObject {
  return version => changedAt(version, 'version_description', text => change(String(text)));
}

/** A publication on the function that the server makes of the URN in the path. */
function lookedUp(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  isMeant: (urn: FullFunctionUrn) => boolean,
  read: (urn: FullFunctionUrn) => string,
): Fault {
  return fault(name, title, breaks, {
    operation: (call, next) => {
      const urn = parseFullUrn(call.functionUrn);
      const isHit = call.operation === 'publish' && urn !== undefined && isMeant(urn);
      return next(isHit ? { ...call, functionUrn: read(urn) } : call);
    },
  });
}

/** Faults that show only for some requests. */
export const requestCornerFaults: readonly Fault[] = [
  lookedUp(
    'region-and-project-of-urn-ignored',
    'a URN in another region or project names the function of that name here',
    ['request.function_urn.elsewhere'],
    () => true,
    ({ package: pack, name }) => `${pack}:${name}`,
  ),
  lookedUp(
    'package-of-urn-ignored',
    'a URN in another package names the function of that name in the package default',
    ['request.function_urn.absent'],
    ({ package: pack }) => pack.startsWith('default-'),
    ({ name }) => name,
  ),
  fault(
    'long-description-refused-and-published',
    'a description of more than 512 characters is refused, and the version is there all the same',
    ['state.listed.nothing-after-error'],
    {
      operation: (call, next) => {
        const answer = next(call);
        if (hasOnly(call, 'request.description.length') && answer.status === 400)
          next({ ...call, body: Buffer.from('{}') });
        return answer;
      },
    },
  ),
  fault(
    'items-not-looked-at',
    'items of arrays are accepted, whatever they are',
    [
      'config.mount_config.func_mounts.refused',
      'config.func_vpc.security_groups.refused',
      'body.mount_config.func_mounts[].type',
      'body.func_vpc.security_groups[].type',
    ],
    { problems: problems => problems.filter(({ path }) => !path.endsWith('[]')) },
  ),
  reporting(
    'plus-signs-become-spaces',
    'a plus sign in a description becomes a space',
    ['body.version_description.echo'],
    described(text => text.replaceAll('+', ' ')),
  ),
  reporting(
    'spaces-collapsed',
    'spaces that follow each other in a description become one',
    ['body.version_description.echo'],
    described(text => text.replaceAll(/ +/g, ' ')),
  ),
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
