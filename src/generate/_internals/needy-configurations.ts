import { type Configuration, configuration as schema } from '../../page/configuration.ts';
import { withExamples } from '../../page/example-value.ts';
import { NAMING, type ResourceName, type Resources } from '../../page/resources.ts';
import { dependency } from '../../page/tables/dependency.ts';
import { DESTINATIONS, RUNTIMES } from '../../page/values.ts';
import type { CoveringConfiguration } from '../covering-configuration.ts';
import type { Need } from '../need.ts';
import { plainConfiguration } from '../plain-configuration.ts';
import { codeMembers } from './code.ts';
import { documentedValues } from './documented-values.ts';
import { ID, MADE_UP, paramOf } from './made-up-resources.ts';

type Dependency = NonNullable<Configuration['dependencies']>[number];

/** What is configured beside a plain function. */
interface Addition {
  readonly title: string;
  readonly need: Need;
  readonly members: Partial<Configuration>;
  /** Other resources that it names, when they are given. */
  readonly beside?: readonly ResourceName[];
}

const { mount_config: mountConfig, function_async_config: asyncConfig } = schema.properties;
const retryAttempts = asyncConfig.properties.max_async_retry_attempts;

/**
 * The ids of users and groups, shifted against each other: two numbers, two strings, then one of each, which shows
 * whether a service reports them as they came.
 */
function mountAdditions({ mounts = MADE_UP.mounts }: Resources): readonly Addition[] {
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
      beside: ['agency', 'vpc'],
    };
  });
}

/** Each destination on both outcomes: those that are given with each other, and the others. */
function destinationAdditions(resources: Resources): readonly Addition[] {
  const isGiven = (each: (typeof DESTINATIONS)[number]) => resources.destinations?.[each] !== undefined;
  const groups = [DESTINATIONS.filter(isGiven), DESTINATIONS.filter(each => !isGiven(each))];
  return groups.flatMap(group =>
    group.map((onSuccess, index) => {
      const onFailure = group[(index + 1) % group.length] ?? onSuccess;
      return {
        title: `notifies ${onSuccess} and ${onFailure}`,
        need: 'destinations',
        members: {
          function_async_config: {
            max_async_event_age_in_seconds: 3600,
            max_async_retry_attempts: 3,
            destination_config: {
              on_success: { destination: onSuccess, param: paramOf(onSuccess, resources, 'on_success') },
              on_failure: { destination: onFailure, param: paramOf(onFailure, resources, 'on_failure') },
            },
          },
        },
        beside: ['agency'],
      };
    }),
  );
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

function additions(nonce: string, resources: Resources): readonly Addition[] {
  const {
    agency,
    execution_agency,
    enterprise_project_id,
    vpc,
    image,
    dependencies: ids,
    log,
  } = {
    ...MADE_UP,
    ...resources,
  };
  const { obs_package: code_url } = resources;
  return [
    { title: 'VPC', need: 'vpc', members: { func_vpc: vpc }, beside: ['agency'] },
    ...mountAdditions(resources),
    ...destinationAdditions(resources),
    { title: 'agency', need: 'agency', members: { xrole: agency } },
    {
      title: 'agency for execution',
      need: 'execution_agency',
      // Both at once show whether they are told apart; an agency that is made up goes with no other.
      members: {
        app_xrole: execution_agency,
        ...(resources.execution_agency === undefined ? { xrole: agency } : {}),
      },
      beside: ['agency'],
    },
    { title: 'enterprise project', need: 'enterprise_project_id', members: { enterprise_project_id } },
    { title: 'dependencies by id', need: 'dependencies', members: { depend_version_list: ids } },
    { title: 'log group and stream', need: 'log', members: { log_config: log } },
    { title: 'dependencies', need: 'provider-states', members: { dependencies } },
    ...retryAdditions(),
    {
      title: 'Custom Image',
      need: 'image',
      members: {
        runtime: 'Custom Image',
        ...codeMembers('Custom Image', 'Custom-Image-Swr', nonce),
        custom_image: { enabled: true, image },
      },
      beside: ['agency'],
    },
    {
      title: 'code in OBS',
      need: 'obs_package',
      members: {
        ...codeMembers('Node.js16.17', 'obs', nonce),
        ...(code_url === undefined ? {} : { code_url }),
      },
    },
  ];
}

/** The members that name a given resource beside another one. */
function membersBeside(names: readonly ResourceName[], { agency, vpc }: Resources): Partial<Configuration> {
  return {
    ...(names.includes('agency') && agency !== undefined ? { xrole: agency } : {}),
    ...(names.includes('vpc') && vpc !== undefined ? { func_vpc: vpc } : {}),
  };
}

/** Whether all that the addition names is given. */
function isGiven({ need, members }: Addition, resources: Resources): boolean {
  if (need === 'provider-states' || resources[need] === undefined) return false;
  const { on_success, on_failure } = members.function_async_config?.destination_config ?? {};
  return [on_success, on_failure].every(
    each => each?.destination === undefined || resources.destinations?.[each.destination] !== undefined,
  );
}

/** Configurations of plain functions that need something else, as few as contain what is documented of it. */
export function needyConfigurations(
  nonce: string,
  nameOf: (index: number) => string,
  resources: Resources,
): readonly CoveringConfiguration[] {
  return additions(nonce, resources).map((addition, index) => {
    const { title, need, members, beside = [] } = addition;
    const { func_code, ...plain } = plainConfiguration(nameOf(index), `${nonce}-needy-${index}`);
    // Code in OBS and in an image is not uploaded.
    const code = members.code_type === undefined && func_code !== undefined ? { func_code } : {};
    const also = membersBeside(beside, resources);
    const existing = isGiven(addition, resources)
      ? [...NAMING[need as ResourceName].configures, ...Object.keys(also)]
      : [];
    return {
      title,
      configuration: { ...plain, ...code, ...also, ...members },
      needs: [need],
      existing,
    };
  });
}
