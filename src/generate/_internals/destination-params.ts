import { conditions } from '../../page/conditions/conditions.ts';
import type { DESTINATIONS } from '../../page/values.ts';

/** What `param` may hold for a destination, in JSON: the conditions of the page have examples. */
export function destinationParams(destination: (typeof DESTINATIONS)[number]): readonly string[] {
  const cases = conditions.filter(({ aspect }) => aspect === 'target').flatMap(condition => condition.cases);
  const named = cases.find(({ if: members }) => {
    const demand = members.destination;
    return typeof demand === 'object' && demand.const === destination;
  });
  return (named?.kept ?? []).map(String);
}
