import { type Configuration, configuration as schema } from '../../page/configuration.ts';
import { withExamples } from '../../page/example-value.ts';
import { dependency } from '../../page/tables/dependency.ts';
import { DESTINATIONS, MOUNT_TYPES, RUNTIMES } from '../../page/values.ts';
import type { CoveringConfiguration } from '../covering-configuration.ts';
import type { Need } from '../need.ts';
import { plainConfiguration } from '../plain-configuration.ts';
import { codeMembers } from './code.ts';
import { destinationParams } from './destination-params.ts';
import { documentedValues } from './documented-values.ts';

type Dependency = NonNullable<Configuration['dependencies']>[number];

/** What is configured beside a plain function. */
interface Addition {
  readonly title: string;
  readonly need: Need;
  readonly members: Partial<Configuration>;
}

const { mount_config: mountConfig, function_async_config: asyncConfig } = schema.properties;
const retryAttempts = asyncConfig.properties.max_async_retry_attempts;

/** Ids that differ: what is swapped shows. */
const ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const OTHER_ID = '1b2c3d4e-5f6a-4b7c-9d8e-0f1a2b3c4d5e';

const mounts = MOUNT_TYPES.map(type => ({
  mount_type: type,
  mount_resource: ID,
  mount_share_path: `/${type}`,
  local_mount_path: `/mnt/${type}`,
}));

/**
 * The ids of users and groups, shifted against each other: two numbers, two strings, then one of each, which shows
 * whether a service reports them as they came.
 */
function mountAdditions(): readonly Addition[] {
  const users = documentedValues(mountConfig.properties.mount_user.properties.user_id);
  return users.map((user, index) => {
    const written = (id: unknown, isText: boolean) => (isText ? String(id) : Number(id));
    const group = users[(index + 1) % users.length];
    return {
      title: `mounts ${index + 1}`,
      need: 'mounts',
      members: {
        mount_config: {
          mount_user: {
            user_id: written(user, index % 3 === 1),
            user_group_id: written(group, index % 3 !== 0),
          },
          func_mounts: mounts,
        },
      },
    };
  });
}

/** Each destination on both outcomes. */
function destinationAdditions(): readonly Addition[] {
  return DESTINATIONS.map((onSuccess, index) => {
    const onFailure = DESTINATIONS[(index + 1) % DESTINATIONS.length] ?? onSuccess;
    return {
      title: `notifies ${onSuccess} and ${onFailure}`,
      need: 'destinations',
      members: {
        function_async_config: {
          max_async_event_age_in_seconds: 3600,
          max_async_retry_attempts: 3,
          destination_config: {
            on_success: { destination: onSuccess, param: destinationParams(onSuccess)[0] ?? '{}' },
            on_failure: { destination: onFailure, param: destinationParams(onFailure).at(-1) ?? '{}' },
          },
        },
      },
    };
  });
}

/** Retries that the publish page documents and the API does not set. */
function retryAdditions(): readonly Addition[] {
  const settable = retryAttempts.page.settable.maximum;
  return documentedValues(retryAttempts)
    .map(Number)
    .filter(attempts => attempts > settable)
    .map(attempts => ({
      title: `${attempts} retries`,
      need: 'provider-states',
      members: {
        function_async_config: { max_async_event_age_in_seconds: 3600, max_async_retry_attempts: attempts },
      },
    }));
}

/** With an example of every other member that the page documents. */
function dependencyWith(members: Dependency): Dependency {
  // Each example is a value of its member's own schema.
  return withExamples(members, dependency) as Dependency;
}

/** One dependency for each runtime. */
const dependencies = RUNTIMES.map((runtime, index) =>
  dependencyWith({
    id: ID,
    owner: 'domain',
    link: `https://dependencies.obs.region.example.com/${index}.zip`,
    runtime,
    etag: 'd41d8cd98f00b204e9800998ecf8427e',
    size: 1024 + index,
    name: `dependency-${index}`,
    description: `Dependency ${index}`,
    file_name: `${index}.zip`,
    version: index + 1,
    dep_id: ID,
    last_modified: 1_571_989_047_000,
  }),
);

function additions(nonce: string): readonly Addition[] {
  return [
    {
      title: 'VPC',
      need: 'vpc',
      members: { func_vpc: { vpc_id: ID, subnet_id: OTHER_ID, security_groups: [ID, OTHER_ID] } },
    },
    ...mountAdditions(),
    ...destinationAdditions(),
    {
      title: 'agencies',
      need: 'agency',
      members: { xrole: 'conformance', app_xrole: 'conformance-execution' },
    },
    { title: 'enterprise project', need: 'enterprise-project', members: { enterprise_project_id: '0' } },
    { title: 'dependencies', need: 'provider-states', members: { dependencies } },
    ...retryAdditions(),
    {
      title: 'Custom Image',
      need: 'image',
      members: { runtime: 'Custom Image', ...codeMembers('Custom Image', 'Custom-Image-Swr', nonce) },
    },
    { title: 'code in OBS', need: 'obs', members: codeMembers('Node.js16.17', 'obs', nonce) },
  ];
}

/** Configurations of plain functions that need something else, as few as contain what is documented of it. */
export function needyConfigurations(
  nonce: string,
  nameOf: (index: number) => string,
): readonly CoveringConfiguration[] {
  return additions(nonce).map(({ title, need, members }, index) => {
    const { func_code, ...plain } = plainConfiguration(nameOf(index), `${nonce}-needy-${index}`);
    // Code in OBS and in an image is not uploaded.
    const code = members.code_type === undefined && func_code !== undefined ? { func_code } : {};
    return { title, configuration: { ...plain, ...code, ...members }, needs: [need] };
  });
}
