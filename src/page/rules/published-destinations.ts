import { broken, held, type Rule } from '../clause.ts';
import { jsonObjectIn } from '../formats.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';

/** What `param` must hold by destination. */
const TARGET_MEMBER = { SMN: 'topic_urn', FunctionGraph: 'func_urn' } as const;

function destinationParameters(outcome: 'on_success' | 'on_failure'): Rule<PublishedView> {
  const subject = `body.function_async_config.destination_config.${outcome}.param`;
  const pointer = `/function_async_config/destination_config/${outcome}/param`;
  return {
    id: `${subject}.target`,
    subject,
    level: 'recommended',
    title: 'param names the target: topic_urn for SMN, func_urn for FunctionGraph, a bucket for OBS',
    source: { table: 'Table 13', row: 'param' },
    when: `every 200 answer with a destination and param of ${outcome}`,
    ruling: 'For OBS also: an expiration time, if any, is 0..365 days.',
    check: ({ body }) => {
      const target = body.function_async_config?.destination_config?.[outcome];
      if (target?.param === undefined || target.destination === undefined) return null;
      const parameters = jsonObjectIn(target.param);
      if (parameters === undefined) return null;
      const problem =
        target.destination === 'OBS'
          ? bucketProblem(parameters)
          : missing(parameters, TARGET_MEMBER[target.destination]);
      return problem === undefined ? held : broken(`param of ${target.destination} ${problem}`, pointer);
    },
  };
}

function missing(parameters: Readonly<Record<string, unknown>>, member: string): string | undefined {
  const value = parameters[member];
  return typeof value === 'string' && value !== '' ? undefined : `has no ${member}`;
}

function bucketProblem(parameters: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(parameters);
  const bucket = names.find(name => /bucket/i.test(name));
  if (bucket === undefined || parameters[bucket] === '' || parameters[bucket] === null)
    return 'has no bucket';
  const expires = names.find(name => /expir/i.test(name));
  if (expires === undefined) return undefined;
  const days = Number(parameters[expires]);
  return Number.isInteger(days) && days >= 0 && days <= 365
    ? undefined
    : `has ${expires} ${inWords(parameters[expires])}; documented: 0..365 days`;
}

/** Clauses of what the destinations of asynchronous notification are told. */
export const destinationRules: readonly Rule<PublishedView>[] = (['on_success', 'on_failure'] as const).map(
  destinationParameters,
);
