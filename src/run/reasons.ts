/** Why a clause was not exercised, and the option that would change it. */

import type { Clause } from '../page/clause.ts';
import { LEFT_TO_OTHERS } from '../verdict/verdict.ts';
import { profiles } from './profiles.ts';
import type { RunPlan } from './settings.ts';

type Plan = Pick<RunPlan, 'profile' | 'arrange' | 'functionUrn'>;

/** A reason for the clauses whose ids begin so, under these circumstances. */
interface Reason {
  readonly of: RegExp;
  readonly when: (plan: Plan) => boolean;
  readonly says: () => string;
}

const isBrief = ({ profile }: Plan): boolean => profiles[profile].isBrief;
const publishesOnly = ({ arrange }: Plan): boolean => arrange === 'none';
const configuresOtherwise = ({ arrange }: Plan): boolean => arrange === 'states' || arrange === 'none';
const always = (): boolean => true;

/** The first that applies counts. */
const REASONS: readonly Reason[] = [
  {
    of: /^config\./,
    when: configuresOtherwise,
    says: () => 'configurations are sent through the API alone (--arrange api)',
  },
  {
    of: /^state\./,
    when: configuresOtherwise,
    says: () => 'it takes changes between publications and a version list (--arrange api)',
  },
  {
    of: /^body\./,
    when: publishesOnly,
    says: () =>
      'no version of this function reported it; others are published with --arrange api or --arrange states',
  },
  {
    of: /^request\.(?:body|version|description|digest)\.accepted$/,
    when: plan => publishesOnly(plan) && plan.functionUrn === undefined,
    says: () =>
      'nothing was published; with a function that has something to publish (--function-urn), it is',
  },
  {
    of: /^request\.(?:body|version|description|digest)\.accepted$/,
    when: publishesOnly,
    says: () => 'no publication on the function showed it: it takes one that has something to publish',
  },
  {
    of: /^request\./,
    when: publishesOnly,
    says: () => 'it takes functions whose changes and code are known (--arrange api or --arrange states)',
  },
  {
    of: /./,
    when: isBrief,
    says: () => 'a smoke run does not ask for it (--profile standard does)',
  },
  {
    of: /\.mount_share_path\.when-ecs$/,
    when: always,
    says: () => 'it needs something to mount of type ecs that exists (--resources, "mounts")',
  },
  {
    of: /^body\..*\.(?:type|values|range|length|format|present)$/,
    when: always,
    says: () => 'no published version reported the member',
  },
  {
    of: /^error\./,
    when: always,
    says: () => 'no request was answered with such an error',
  },
];

/** Why nothing that was exchanged said anything about the clause. */
export function reasonNotExercised(clause: Clause, plan: Plan, shard?: string): string {
  if (shard !== undefined) return LEFT_TO_OTHERS;
  const { id, when } = clause;
  const reason = REASONS.find(each => each.of.test(id) && each.when(plan));
  if (reason !== undefined) return reason.says();
  return `there was no occasion: ${when}`;
}
