import type { Configuration } from '../../src/page/configuration.ts';
import type { PublishedVersion } from '../../src/page/tables/published-version.ts';
import type { Interaction } from '../interaction.ts';

/** What a function can be configured with and a version reports alike. */
type Configured = Partial<Configuration> & Partial<PublishedVersion>;

type Dependency = NonNullable<Configured['dependencies']>[number];

const DEPENDENCY: Dependency = {
  id: '0a61d3a1-6b31-4a0a-8c5e-1d9f2f0c7a11',
  owner: '14ee2e3501124efcbca7998baa240000',
  link: 'https://functions.obs.example.com/depends/left-pad.zip',
  runtime: 'Node.js16.17',
  etag: '9e107d9d372bb6826bd81d3542a419d6',
  size: 1024,
  name: 'left-pad',
  description: 'pads texts',
  file_name: 'left-pad.zip',
  version: 1,
  dep_id: '5c3d0b5e-0d53-4b37-9a62-2d0f6f8b9c22',
  last_modified: 1_571_988_747_000,
};

const INITIALIZER: Configured = { initializer_handler: 'index.initializer', initializer_timeout: 30 };
const PRE_STOP: Configured = { pre_stop_handler: 'index.preStop', pre_stop_timeout: 30 };
const STRATEGY: Configured = { strategy_config: { concurrency: 10, concurrent_num: 2 } };
const USER_DATA: Configured = { user_data: '{"stage":"test"}' };

const NOTIFICATION: Configured = {
  function_async_config: {
    max_async_event_age_in_seconds: 3600,
    max_async_retry_attempts: 3,
    destination_config: {
      on_success: {
        destination: 'SMN',
        param: '{"topic_urn":"urn:smn:example-1:7aad83af3e8d42e99ac194e8419e2c9b:published"}',
      },
      on_failure: {
        destination: 'OBS',
        param: '{"bucket":"failures","prefix":"async","expires":7}',
      },
    },
  },
};

const NETWORK: Configured = {
  xrole: 'functiongraph-agency',
  func_vpc: {
    vpc_id: '2f3b7a44-6a1d-4b6e-9d0b-0b6c9d7e1f33',
    subnet_id: '81c5e0f7-93a8-4cf4-8e5d-64f5e7b2aa44',
  },
};

const MOUNTS: Configured = {
  ...NETWORK,
  mount_config: {
    mount_user: { user_id: '1001', user_group_id: '-1' },
    func_mounts: [
      {
        mount_type: 'ecs',
        mount_resource: 'b6d4c1a2-50f7-4f0d-8f0e-3b8f7f6c5d55',
        mount_share_path: '/share',
        local_mount_path: '/mnt/share',
      },
    ],
  },
};

const EVERYTHING: Configured = {
  ...INITIALIZER,
  ...PRE_STOP,
  ...STRATEGY,
  ...USER_DATA,
  ...NOTIFICATION,
  type: 'v2',
  app_xrole: 'functiongraph-agency',
  enable_dynamic_memory: true,
  dependencies: [DEPENDENCY],
};

function configured(told: string, members: Configured): Interaction {
  return {
    description: `a publication of a function with ${told}`,
    states: [{ name: 'a function exists', params: members }],
    request: { body: {} },
    response: { status: 200, members },
  };
}

const VERSION_WITHOUT_THEM = 'a new version may come without the network and the mounts of its function';

/** Versions that report what their function was configured with: 200. */
export const publishedConfigurations: readonly Interaction[] = [
  configured('an initializer', INITIALIZER),
  configured('a pre-stop handler', PRE_STOP),
  configured('a most number of instances', { strategy_config: { concurrency: 10 } }),
  configured('concurrent requests an instance', STRATEGY),
  configured('user data', USER_DATA),
  configured('the longest timeout and the largest memory', { timeout: 259_200, memory_size: 4096 }),
  configured('code in OBS', { code_type: 'obs', code_url: 'https://code.obs.example.com/index.zip' }),
  configured('dependencies', { dependencies: [DEPENDENCY] }),
  configured('asynchronous notification of SMN and OBS', NOTIFICATION),
  configured('asynchronous notification of another function', {
    function_async_config: {
      destination_config: {
        on_success: {
          destination: 'FunctionGraph',
          param: '{"func_urn":"urn:fss:example-1:7aad83af3e8d42e99ac194e8419e2c9b:function:default:next"}',
        },
      },
    },
  }),
  configured('every setting but network and mounts', EVERYTHING),
  { ...configured('a network', NETWORK), pending: VERSION_WITHOUT_THEM },
  { ...configured('mounts', MOUNTS), pending: VERSION_WITHOUT_THEM },
  { ...configured('every setting', { ...EVERYTHING, ...MOUNTS }), pending: VERSION_WITHOUT_THEM },
];
