import { createHash } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import { withExamples } from '../page/example-value.ts';
import { dependency } from '../page/tables/dependency.ts';
import { publishedVersion } from '../page/tables/published-version.ts';
import type { Account } from './account.ts';
import type { Code } from './code.ts';
import type { JsonObject } from './json-object.ts';

/** What stays as it is for as long as a function exists. */
export interface Identity {
  /** Seven fields. */
  readonly urn: string;
  /** The part of `image_name` that tells functions apart. */
  readonly imageSuffix: string;
  readonly logGroupId: string;
  readonly logStreamId: string;
}

/** What is configured, of `latest` or of a published version. */
export interface Reportable {
  configuration: Configuration;
  code: Code;
  /** Milliseconds since 1970. */
  modifiedAt: number;
  /** When the asynchronous settings were made and last changed; milliseconds since 1970. */
  asyncTimes: { readonly created: number; readonly modified: number } | undefined;
}

/** Millicores for so many MB, the base of 200 included. */
export function cpuOf(memorySize: number): number {
  return Math.round((memorySize / 128) * 100) + 200;
}

/** A time in the documented form, `YYYY-MM-DD HH:MM:SS`. */
export function pageTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** A timeout that is longer than synchronous calls may take. */
const LONG_TIMEOUT_SECONDS = 900;

/** Table 4 for `latest`, in the order of the table. Unset members are left out. */
export function reportOf(fn: Identity, configured: Readonly<Reportable>, account: Account): JsonObject {
  return withoutUndefined(withExamples(knownOf(fn, configured, account), publishedVersion));
}

function knownOf(fn: Identity, configured: Readonly<Reportable>, account: Account): JsonObject {
  const { configuration, code, modifiedAt, asyncTimes } = configured;
  const { func_vpc, function_async_config, depend_version_list } = configuration;
  return {
    func_urn: fn.urn,
    func_name: configuration.func_name,
    domain_id: account.domainId,
    namespace: account.projectId,
    project_name: account.projectName,
    package: configuration.package,
    runtime: configuration.runtime,
    timeout: configuration.timeout,
    handler: configuration.handler,
    memory_size: configuration.memory_size,
    cpu: cpuOf(configuration.memory_size),
    code_type: configuration.code_type ?? 'Custom-Image-Swr',
    code_url: configuration.code_url,
    code_filename: configuration.code_filename,
    code_size: code.size,
    user_data: configuration.user_data,
    encrypted_user_data: configuration.encrypted_user_data,
    digest: code.digest,
    version: 'latest',
    image_name: imageName('latest', fn, modifiedAt),
    xrole: configuration.xrole,
    app_xrole: configuration.app_xrole,
    description: configuration.description,
    version_description: undefined,
    last_modified: pageTime(modifiedAt),
    func_vpc: func_vpc === undefined ? undefined : { ...networkOf(func_vpc, account), ...func_vpc },
    mount_config: configuration.mount_config,
    strategy_config: configuration.strategy_config,
    dependencies:
      configuration.dependencies ?? depend_version_list?.map(id => dependencyOf(id, configured, account)),
    initializer_handler: configuration.initializer_handler,
    initializer_timeout: configuration.initializer_timeout,
    pre_stop_handler: configuration.pre_stop_handler,
    pre_stop_timeout: configuration.pre_stop_timeout,
    enterprise_project_id: configuration.enterprise_project_id,
    long_time: configuration.timeout > LONG_TIMEOUT_SECONDS,
    log_group_id: configuration.log_config?.group_id ?? fn.logGroupId,
    log_stream_id: configuration.log_config?.stream_id ?? fn.logStreamId,
    type: configuration.type,
    enable_dynamic_memory: configuration.enable_dynamic_memory,
    function_async_config:
      function_async_config === undefined || asyncTimes === undefined
        ? undefined
        : {
            ...function_async_config,
            created_time: pageTime(asyncTimes.created),
            last_modified: pageTime(asyncTimes.modified),
          },
  };
}

/** The internal identifier of a version. */
export function imageName(version: string, fn: Identity, modifiedAt: number): string {
  const time = new Date(modifiedAt).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return `${version}-${time}@${fn.imageSuffix}`;
}

/** What the service knows of a network by its ids. */
function networkOf(vpc: NonNullable<Configuration['func_vpc']>, account: Account): JsonObject {
  return {
    domain_id: account.domainId,
    namespace: account.projectId,
    vpc_name: `vpc-${vpc.vpc_id}`,
    subnet_name: `subnet-${vpc.subnet_id}`,
    cidr: '192.168.0.0/24',
    gateway: '192.168.0.1',
    security_groups: ['default'],
  };
}

/** What the service knows of a dependency by its id. */
function dependencyOf(
  id: string,
  { configuration, modifiedAt }: Readonly<Reportable>,
  account: Account,
): JsonObject {
  const name = `dependency-${id}`;
  const known = {
    id,
    owner: account.domainId,
    link: `https://${account.region}.obs.example.com/dependencies/${encodeURIComponent(id)}.zip`,
    runtime: configuration.runtime,
    etag: createHash('md5').update(id).digest('hex'),
    size: 1024,
    name,
    description: `The dependency ${id}`,
    file_name: `${name}.zip`,
    version: 1,
    dep_id: id,
    last_modified: modifiedAt,
  };
  return withExamples(known, dependency);
}

function withoutUndefined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
