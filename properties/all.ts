/** Every property, in the order in which they are asked; what may harm a target comes last. */

import './access.property.ts';
import './publishing.property.ts';
import './refusals.property.ts';
import './state.property.ts';
import './model.property.ts';
import './configurations.property.ts';
import './undocumented-configurations.property.ts';
import './urns.property.ts';
import './robustness.property.ts';
