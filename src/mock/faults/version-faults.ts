import { createHash } from 'node:crypto';
import type { Hooks } from '../call.ts';
import { nextAutomaticName } from '../version-names.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault } from './fault.ts';

type ReportVersion = NonNullable<Hooks['version']>;

function of(id: string, title: string, version: ReportVersion, ...also: readonly string[]): Fault {
  return fault(id, title, [id, ...also], { version });
}

/** The function's URN with one of its seven fields replaced. */
function withUrnField(index: number, text: string): ReportVersion {
  return version => changedAt(version, 'func_urn', urn => String(urn).split(':').with(index, text).join(':'));
}

const PROJECT = 3;
const NAME = 6;
const FOREIGN_PROJECT = '00000000000000000000000000000000';

const identityFaults: readonly Fault[] = [
  of('body.func_urn.project', 'func_urn names another project', withUrnField(PROJECT, FOREIGN_PROJECT)),
  of('body.func_urn.function', 'func_urn names another function', withUrnField(NAME, 'another')),
  of('body.func_urn.version', 'func_urn ends in another version', version => ({
    ...version,
    func_urn: `${version.func_urn}:v20000101-000000`,
  })),
  of('body.func_name.urn', 'func_name is another function’s', version => ({
    ...version,
    func_name: `${version.func_name}-1`,
  })),
  of('body.package.urn', 'package is another one', version => ({ ...version, package: 'another' })),
  of('body.namespace.project', 'namespace is another project', version => ({
    ...version,
    namespace: FOREIGN_PROJECT,
  })),
];

function describedAs(change: (description: string) => string | undefined): ReportVersion {
  return version => changedAt(version, 'version_description', description => change(String(description)));
}

const versionNameFaults: readonly Fault[] = [
  fault('body.version.format', 'an automatic version name has no documented form', ['body.version.format'], {
    versionName: (name, { requestedName }) => (requestedName === undefined ? name.replace('-', '.') : name),
  }),
  fault(
    'body.version.requested',
    'a version gets an automatic name although one was asked for',
    ['body.version.requested'],
    {
      versionName: (name, { fn, requestedName }) =>
        requestedName === undefined ? name : nextAutomaticName(fn),
    },
  ),
  of(
    'body.version_description.echo',
    'version_description lacks the last character of the description',
    describedAs(description => [...description].slice(0, -1).join('') || undefined),
  ),
  fault(
    'version-description-of-function',
    'version_description is the description of the function when the request has none',
    ['body.version_description.echo'],
    {
      version: (version, { description, fn }) =>
        description === undefined
          ? { ...version, version_description: fn.configuration.description ?? 'No description' }
          : version,
    },
  ),
];

const codeFaults: readonly Fault[] = [
  of('body.digest.code', 'digest is the SHA-512 of something else than the code', version => ({
    ...version,
    digest: createHash('sha512').update(String(version.digest)).digest('hex'),
  })),
  of('body.code_size.code', 'code_size is the length of the code in base64', version => ({
    ...version,
    code_size: Math.ceil(Number(version.code_size) / 3) * 4,
  })),
];

/** Faults of a published version that break a rule between members, or between the version and its request. */
export const versionFaults: readonly Fault[] = [...identityFaults, ...versionNameFaults, ...codeFaults];
