/** Everything that the typed client relies on. States and description together are unique. */

import type { Interaction } from '../interaction.ts';
import { accepted } from './accepted.ts';
import { publishedConfigurations } from './configured.ts';
import { refused } from './refused.ts';

export const interactions: readonly Interaction[] = [...accepted, ...publishedConfigurations, ...refused];
