import type { Resources } from '../../page/resources.ts';
import { type DESTINATIONS, MOUNT_TYPES } from '../../page/values.ts';
import { destinationParams } from './destination-params.ts';

/** Ids that differ: what is swapped shows. */
export const ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const OTHER_ID = '1b2c3d4e-5f6a-4b7c-9d8e-0f1a2b3c4d5e';

/** Stands for what nobody gave: a service that does not look whether it exists takes it. */
export const MADE_UP = {
  agency: 'conformance',
  execution_agency: 'conformance-execution',
  enterprise_project_id: '0',
  vpc: { vpc_id: ID, subnet_id: OTHER_ID, security_groups: [ID, OTHER_ID] },
  mounts: MOUNT_TYPES.map(type => ({
    mount_type: type,
    mount_resource: ID,
    mount_share_path: `/${type}`,
    local_mount_path: `/mnt/${type}`,
  })),
  image: 'swr.region.example.com/conformance/function:1',
  dependencies: [ID, OTHER_ID],
  log: { group_id: ID, stream_id: OTHER_ID },
} satisfies Resources;

/** What `param` of a destination is: of the resource that is given, or made up, the more unusual one on failure. */
export function paramOf(
  destination: (typeof DESTINATIONS)[number],
  { destinations = {} }: Resources,
  outcome: 'on_success' | 'on_failure',
): string {
  const given = destinations[destination];
  if (given !== undefined) return JSON.stringify(given);
  return destinationParams(destination).at(outcome === 'on_success' ? 0 : -1) ?? '{}';
}
