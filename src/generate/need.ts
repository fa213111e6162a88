/**
 * What a configuration needs beside the function itself. A live service refuses it when the resource is not
 * there; a driver drops the configurations whose needs its target does not meet, or puts the names of real
 * resources in.
 *
 * - `agency`: an agency (xrole, app_xrole) that lets the function use other services
 * - `destinations`: an OBS bucket, an SMN topic and another function to notify
 * - `enterprise-project`: an enterprise project
 * - `image`: a container image in SWR
 * - `mounts`: SFS, SFS Turbo and ECS resources in a VPC
 * - `obs`: a package in OBS
 * - `provider-states`: the API has no way to arrange it
 * - `vpc`: a VPC and a subnet
 */
export const NEEDS = [
  'agency',
  'destinations',
  'enterprise-project',
  'image',
  'mounts',
  'obs',
  'provider-states',
  'vpc',
] as const;

export type Need = (typeof NEEDS)[number];
