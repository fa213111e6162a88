import type { FromSchema } from 'json-schema-to-ts';
import type { Closed } from './closed.ts';
import type { PageSchema } from './schema.ts';
import { functionAsyncConfig } from './tables/function-async-config.ts';
import { publishedVersion } from './tables/published-version.ts';

const reported = publishedVersion.properties;
const { domain_id: _domain, namespace: _namespace, ...vpc } = reported.func_vpc.properties;
const { created_time: _created, last_modified: _modified, ...asyncSettings } = functionAsyncConfig.properties;

/**
 * What a function can be configured with: the members of Table 4 that a client sets, under the ranges that
 * the page states for them, and what only a request carries (the code, dependencies by id, the image, where it logs).
 */
export const configuration = {
  type: 'object',
  required: ['func_name', 'package', 'runtime', 'timeout', 'handler', 'memory_size'],
  properties: {
    func_name: {
      type: 'string',
      pattern: '^[A-Za-z](?:[A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$',
      page: {
        says: 'The name of the function.',
        ruling: 'The create page: 1..60 letters, digits, "-", "_"; a letter first, a letter or digit last.',
        documented: '1..60 letters, digits, "-", "_", starting with a letter, ending with a letter or digit',
      },
    },
    package: reported.package,
    runtime: reported.runtime,
    timeout: reported.timeout,
    handler: reported.handler,
    memory_size: reported.memory_size,
    code_type: reported.code_type,
    code_url: reported.code_url,
    code_filename: reported.code_filename,
    user_data: reported.user_data,
    encrypted_user_data: reported.encrypted_user_data,
    xrole: reported.xrole,
    app_xrole: reported.app_xrole,
    description: reported.description,
    func_vpc: { ...reported.func_vpc, properties: vpc },
    mount_config: reported.mount_config,
    strategy_config: reported.strategy_config,
    initializer_handler: reported.initializer_handler,
    initializer_timeout: reported.initializer_timeout,
    pre_stop_handler: reported.pre_stop_handler,
    pre_stop_timeout: reported.pre_stop_timeout,
    enterprise_project_id: reported.enterprise_project_id,
    type: reported.type,
    enable_dynamic_memory: reported.enable_dynamic_memory,
    function_async_config: { ...functionAsyncConfig, properties: asyncSettings },
    dependencies: reported.dependencies,
    func_code: {
      type: 'object',
      properties: { file: { type: 'string' }, link: { type: 'string' } },
      page: { says: 'The code: base64 of the file, or a link.' },
    },
    depend_version_list: {
      type: 'array',
      items: { type: 'string' },
      page: { says: 'Dependencies by the ids of their versions.', row: 'dependencies' },
    },
    custom_image: {
      type: 'object',
      properties: {
        enabled: { type: 'boolean' },
        image: { type: 'string', page: { says: 'Where the image is.', row: 'code_type' } },
      },
      page: { says: 'The image of a function with a custom image.' },
    },
    log_config: {
      type: 'object',
      properties: {
        group_id: { type: 'string', page: { says: 'The log group.', row: 'log_group_id' } },
        stream_id: { type: 'string', page: { says: 'The log stream.', row: 'log_stream_id' } },
      },
      page: { says: 'Where the function logs.' },
    },
  },
} as const satisfies PageSchema;

/** A function as the suite arranges it. `dependencies` can only be arranged through provider states. */
export type Configuration = Closed<FromSchema<typeof configuration>>;
