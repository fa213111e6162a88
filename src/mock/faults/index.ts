import { answerFaults } from './answer-faults.ts';
import { changeFaults } from './change-faults.ts';
import { conditionFaults } from './condition-faults.ts';
import { configurationFaults } from './configuration-faults.ts';
import { echoFaults } from './echo-faults.ts';
import type { Fault } from './fault.ts';
import { formFaults } from './form-faults.ts';
import { functionCornerFaults } from './function-corner-faults.ts';
import { parallelFaults } from './parallel-faults.ts';
import { requestCornerFaults } from './request-corner-faults.ts';
import { requestFaults } from './request-faults.ts';
import { robustnessFaults } from './robustness-faults.ts';
import { schemaFaults } from './schema-faults.ts';
import { stateFaults } from './state-faults.ts';
import { valueFaults } from './value-faults.ts';
import { versionFaults } from './version-faults.ts';

export type { Fault } from './fault.ts';

/** Servers with any of these are wrong on purpose: a suite that passes one is wrong. */
export const faults: readonly Fault[] = [
  ...schemaFaults,
  ...versionFaults,
  ...conditionFaults,
  ...echoFaults,
  ...answerFaults,
  ...requestFaults,
  ...configurationFaults,
  ...stateFaults,
  ...robustnessFaults,
  ...formFaults,
  ...valueFaults,
  ...requestCornerFaults,
  ...functionCornerFaults,
  ...parallelFaults,
  ...changeFaults,
];
