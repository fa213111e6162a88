import type { FromSchema } from 'json-schema-to-ts';
import type { Closed, Sparse } from '../closed.ts';
import type { PageSchema } from '../schema.ts';
import { CODE_TYPES, FUNCTION_TYPES, MEMORY_SIZES, RUNTIMES, USER_DATA } from '../values.ts';
import { dependency } from './dependency.ts';
import { funcVpc } from './func-vpc.ts';
import { functionAsyncConfig } from './function-async-config.ts';
import { mountConfig } from './mount-config.ts';
import { strategyConfig } from './strategy-config.ts';

const CUSTOM_HANDLER_RULING =
  'For Custom, Custom Image and http the neighbouring pages and live answers show "-" and "bootstrap", so this is recommended there.';

/** Table 4: the body of a 200 answer, the version that was published. */
export const publishedVersion = {
  type: 'object',
  page: { table: 'Table 4' },
  required: [
    'func_urn',
    'func_name',
    'domain_id',
    'namespace',
    'project_name',
    'package',
    'runtime',
    'timeout',
    'handler',
    'memory_size',
    'cpu',
    'code_type',
    'code_size',
    'digest',
    'version',
    'image_name',
    'last_modified',
  ],
  properties: {
    func_urn: {
      type: 'string',
      format: 'function-urn',
      page: {
        says: 'The URN of the function.',
        ruling:
          'urn:fss:<region>:<project_id>:function:<package>:<name>, optionally with an eighth field <version> or !<alias>.',
        documented: 'urn:fss:<region>:<project_id>:function:<package>:<name>[:<version>]',
      },
    },
    func_name: { type: 'string', page: { says: 'The name of the function.' } },
    domain_id: { type: 'string', page: { says: 'The id of the domain (account).' } },
    namespace: { type: 'string', page: { says: 'The id of the project.' } },
    project_name: { type: 'string', page: { says: 'The name of the project.' } },
    package: { type: 'string', page: { says: 'The group of the function; it groups functions.' } },
    runtime: {
      type: 'string',
      enum: RUNTIMES,
      page: {
        says: 'The environment in which the function executes, one of an enumeration.',
        ruling: 'The enumeration values count ("Python3.6"), not the prose list ("Python 3.6").',
      },
    },
    timeout: {
      type: 'integer',
      minimum: 3,
      maximum: 259200,
      page: { says: 'How long the function may run at most: 3 s to 259,200 s.' },
    },
    handler: {
      type: 'string',
      minLength: 3,
      maxLength: 128,
      format: 'dotted-handler',
      page: {
        says: 'The entry point, in the form "xx.xx", with a period; 3 to 128 characters.',
        ruling: `A period with something on both sides; more periods are fine. ${CUSTOM_HANDLER_RULING}`,
        documented: '"xx.xx", a period with something on both sides',
        looserOnCustomRuntimes: true,
      },
    },
    memory_size: {
      type: 'integer',
      enum: MEMORY_SIZES,
      page: { says: 'Memory in MB, one of thirteen sizes from 128 to 4096.' },
    },
    cpu: {
      type: 'integer',
      minimum: 1,
      page: { says: 'CPU in millicores, in proportion to memory_size: by default 100 for 128 MB.' },
    },
    code_type: {
      type: 'string',
      enum: CODE_TYPES,
      page: { says: 'How the code is given: inline, zip, obs, jar or Custom-Image-Swr.' },
    },
    code_url: {
      type: 'string',
      page: { says: 'The OBS URL of the code when code_type is obs, else blank.' },
    },
    code_filename: {
      type: 'string',
      page: { says: 'The file name of the code, mandatory only when code_type is jar or zip.' },
    },
    code_size: { type: 'integer', minimum: 0, page: { says: 'The size of the code in bytes.' } },
    user_data: {
      type: 'string',
      maxUtf8Bytes: USER_DATA.maxBytes,
      maxJsonMembers: USER_DATA.maxMembers,
      page: {
        says: 'Names and values defined for the function: at most 20, together at most 4 KB.',
        ruling:
          '4096 bytes of UTF-8; members are counted when it parses as a JSON object; it need not be JSON.',
      },
    },
    encrypted_user_data: {
      type: 'string',
      maxUtf8Bytes: USER_DATA.maxBytes,
      maxJsonMembers: USER_DATA.maxMembers,
      page: {
        says: 'Names and values that are to be encrypted.',
        ruling: 'The limits of user_data, which the create page states for it.',
        levels: { size: 'recommended', count: 'recommended' },
      },
    },
    digest: {
      type: 'string',
      pattern: '^[0-9a-fA-F]{128}$',
      page: {
        says: 'The SHA-512 of the code, by which a change is noticed.',
        ruling: '128 hexadecimal digits.',
        documented: '128 hexadecimal digits (SHA-512)',
      },
    },
    version: {
      type: 'string',
      page: { says: 'The version, named by the system in the form vYYYYMMDD-HHMMSS.' },
    },
    image_name: { type: 'string', page: { says: 'The internal identifier of a version.' } },
    xrole: { type: 'string', page: { says: 'The agency that the function uses.' } },
    app_xrole: { type: 'string', page: { says: 'The agency for execution.' } },
    description: { type: 'string', page: { says: 'The description of the function.' } },
    version_description: { type: 'string', page: { says: 'The description of the version.' } },
    last_modified: {
      type: 'string',
      format: 'page-time',
      page: {
        says: 'When the function was last updated.',
        ruling: 'YYYY-MM-DD HH:MM:SS (the example) or RFC 3339, a real date and time.',
        documented: 'YYYY-MM-DD HH:MM:SS or RFC 3339, a real date and time',
      },
    },
    func_vpc: funcVpc,
    mount_config: mountConfig,
    strategy_config: strategyConfig,
    dependencies: { type: 'array', items: dependency, page: { says: 'The dependency packages.' } },
    initializer_handler: {
      type: 'string',
      format: 'dotted-handler',
      page: {
        says: 'The initializer in the form "xx.xx", with a period; mandatory when initialization is configured.',
        ruling: `A period with something on both sides. ${CUSTOM_HANDLER_RULING}`,
        documented: '"xx.xx", a period with something on both sides',
        example: 'test.initializer',
        looserOnCustomRuntimes: true,
      },
    },
    initializer_timeout: {
      type: 'integer',
      minimum: 1,
      maximum: 300,
      page: {
        says: 'How long initialization may take: 1 s to 300 s; mandatory when initialization is configured.',
        ruling: '0 counts as unset when there is no initializer_handler.',
        zeroIsUnsetWithout: 'initializer_handler',
      },
    },
    pre_stop_handler: {
      type: 'string',
      format: 'dotted-handler',
      page: {
        says: 'The pre-stop handler in the form "xx.xx", with a period.',
        ruling: 'A period with something on both sides.',
        documented: '"xx.xx", a period with something on both sides',
        example: 'test.preStop',
      },
    },
    pre_stop_timeout: {
      type: 'integer',
      minimum: 1,
      maximum: 90,
      page: {
        says: 'How long the pre-stop handler may take: 1 s to 90 s.',
        ruling: '0 counts as unset when there is no pre_stop_handler.',
        zeroIsUnsetWithout: 'pre_stop_handler',
      },
    },
    enterprise_project_id: {
      type: 'string',
      page: { says: 'The enterprise project, mandatory for an enterprise user who creates a function.' },
    },
    long_time: { type: 'boolean', page: { says: 'Whether a long timeout is allowed.' } },
    log_group_id: { type: 'string', page: { says: 'The id of the log group.' } },
    log_stream_id: { type: 'string', page: { says: 'The id of the log stream.' } },
    type: {
      type: 'string',
      enum: FUNCTION_TYPES,
      page: { says: 'v2 is an official version of functions, v1 a deprecated one.' },
    },
    enable_dynamic_memory: { type: 'boolean', page: { says: 'Whether memory is allocated dynamically.' } },
    function_async_config: functionAsyncConfig,
  },
} as const satisfies PageSchema;

/** The body of a 200 answer (Table 4): everything documented is optional at every depth, since `null` and `""` count as absent. */
export type PublishedVersion = Sparse<Closed<FromSchema<typeof publishedVersion>>>;
