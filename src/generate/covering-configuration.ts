import type { Configuration } from '../page/configuration.ts';
import type { Need } from './need.ts';

/** One of the configurations that together contain everything that is documented. */
export interface CoveringConfiguration {
  /** `Python3.9`, `mounts 1`. */
  readonly title: string;
  readonly configuration: Configuration;
  /** Empty when any service can arrange it. */
  readonly needs: readonly Need[];
  /** Members that name resources which exist, since they were given. */
  readonly existing: readonly string[];
}
