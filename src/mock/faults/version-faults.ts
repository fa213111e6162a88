import { createHash } from 'node:crypto';
import { isObject, jsonObjectIn } from '../../page/formats.ts';
import type { JsonObject } from '../call.ts';
import type { Hooks } from '../hooks.ts';
import { nextAutomaticName } from '../version-names.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault } from './fault.ts';

type ReportVersion = NonNullable<Hooks['version']>;

function of(id: string, title: string, version: ReportVersion, ...also: readonly string[]): Fault {
  return fault(id, title, [id, ...also], { version });
}

function without(member: string): ReportVersion {
  return ({ [member]: _member, ...rest }) => rest;
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

function strategyOf(version: JsonObject): JsonObject {
  return isObject(version.strategy_config) ? version.strategy_config : {};
}

function onV1(member: string, value: number): ReportVersion {
  return version =>
    version.type === 'v1'
      ? { ...version, strategy_config: { ...strategyOf(version), [member]: value } }
      : version;
}

const conditionFaults: readonly Fault[] = [
  of('body.cpu.proportion', 'cpu does not grow with memory_size', version => ({ ...version, cpu: 150 })),
  of(
    'body.code_url.when-obs',
    'code_url is left out although code_type is obs',
    (version, publication) =>
      version.code_type === 'obs' ? without('code_url')(version, publication) : version,
    'body.code_url.echo',
  ),
  of('body.code_url.blank', 'code_url is there although code_type is not obs', version =>
    version.code_type === 'obs' ? version : { ...version, code_url: 'https://obs.example.com/code.zip' },
  ),
  of(
    'body.code_filename.when-package',
    'code_filename is left out although code_type is zip or jar',
    (version, publication) =>
      version.code_type === 'zip' || version.code_type === 'jar'
        ? without('code_filename')(version, publication)
        : version,
    'body.code_filename.echo',
  ),
  of(
    'body.initializer_timeout.with-handler',
    'initializer_timeout is left out beside an initializer_handler',
    without('initializer_timeout'),
    'body.initializer_timeout.echo',
  ),
  of(
    'body.strategy_config.concurrency.v1',
    'concurrency of a v1 function is 5',
    onV1('concurrency', 5),
    'body.strategy_config.concurrency.echo',
  ),
  of(
    'body.strategy_config.concurrent_num.v1',
    'concurrent_num of a v1 function is 2',
    onV1('concurrent_num', 2),
    'body.strategy_config.concurrent_num.echo',
  ),
  of(
    'body.mount_config.func_mounts[].mount_share_path.when-ecs',
    'mount_share_path is left out although mount_type is ecs',
    version =>
      changedAt(version, 'mount_config.func_mounts[]', mount => {
        if (!isObject(mount) || mount.mount_type !== 'ecs') return mount;
        const { mount_share_path: _path, ...rest } = mount;
        return rest;
      }),
    'body.mount_config.func_mounts.echo',
  ),
  ...(['user_id', 'user_group_id'] as const).map(member =>
    of(
      `body.mount_config.mount_user.${member}.reserved`,
      `${member} is a reserved one`,
      version => changedAt(version, `mount_config.mount_user.${member}`, () => 1000),
      `body.mount_config.mount_user.${member}.echo`,
    ),
  ),
  ...(['on_success', 'on_failure'] as const).map(outcome => {
    const path = `function_async_config.destination_config.${outcome}.param`;
    return of(
      `body.${path}.target`,
      `param of ${outcome} does not name the target`,
      version =>
        changedAt(version, path, param => {
          const { topic_urn: _topic, func_urn: _function, ...rest } = jsonObjectIn(String(param)) ?? {};
          const named = Object.entries(rest).filter(([name]) => !/bucket/i.test(name));
          return JSON.stringify(Object.fromEntries(named));
        }),
      `body.${path}.echo`,
    );
  }),
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
export const versionFaults: readonly Fault[] = [
  ...identityFaults,
  ...versionNameFaults,
  ...conditionFaults,
  ...codeFaults,
];
