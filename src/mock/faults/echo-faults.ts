import { isObject, jsonObjectIn } from '../../page/formats.ts';
import { echoedMembers } from '../../page/rules/echo.ts';
import { flatten, type PageSchema } from '../../page/schema.ts';
import { publishedVersionPage } from '../../page/schema-clauses.ts';
import { MEMORY_SIZES } from '../../page/values.ts';
import type { JsonObject } from '../json-object.ts';
import { cpuOf } from '../reported-function.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault } from './fault.ts';

const schemas = new Map(
  flatten(publishedVersionPage.members).map(({ subject, schema }) => [subject, schema]),
);

/** Another code type that needs nothing that the first has not. */
const CODE_TYPE_LIKE: Readonly<Record<string, string>> = {
  inline: 'Custom-Image-Swr',
  'Custom-Image-Swr': 'inline',
  zip: 'jar',
  jar: 'zip',
};

function otherText(text: string): string {
  const [first, ...rest] = text;
  return `${first === 'x' ? 'y' : 'x'}${rest.join('')}`;
}

function otherNumber(value: number, { maximum = Number.POSITIVE_INFINITY }: PageSchema): number {
  return value < maximum ? value + 1 : value - 1;
}

function otherEnumerated(value: unknown, values: readonly unknown[]): unknown {
  return values[(values.indexOf(value) + 1) % values.length];
}

/** Another valid value. */
function other(value: unknown, schema: PageSchema): unknown {
  if (schema.enum !== undefined) return otherEnumerated(value, schema.enum);
  if (Array.isArray(value)) return value.slice(0, -1);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return otherNumber(value, schema);
  return typeof value === 'string' ? otherText(value) : value;
}

/** A mount id other than the given one, written as it is. */
function otherMountId(id: unknown): unknown {
  const another = Number(id) === 2000 ? 2001 : 2000;
  return typeof id === 'string' ? String(another) : another;
}

function otherParameters(param: unknown): unknown {
  return typeof param === 'string' ? JSON.stringify({ ...jsonObjectIn(param), added: 'yes' }) : param;
}

/** `latest` of a v1 function takes few values; what has no other valid value is left out. */
function otherType(version: JsonObject): JsonObject {
  const { strategy_config: strategy } = version;
  const { concurrency = 0, concurrent_num = 1 } = isObject(strategy) ? strategy : {};
  const isFitForV1 = (concurrency === 0 || concurrency === -1) && concurrent_num === 1;
  return changedAt(version, 'type', type => (type === 'v2' && isFitForV1 ? 'v1' : 'v2'));
}

/** Members whose other value depends on their neighbours, so that nothing but the echo is broken. */
const WITH_NEIGHBOURS: Readonly<Record<string, (version: JsonObject) => JsonObject>> = {
  memory_size: version => {
    const memory_size = otherEnumerated(version.memory_size, MEMORY_SIZES);
    return { ...version, memory_size, cpu: cpuOf(Number(memory_size)) };
  },
  code_type: version => changedAt(version, 'code_type', type => CODE_TYPE_LIKE[String(type)] ?? type),
  type: otherType,
  'strategy_config.concurrency': version =>
    changedAt(version, 'strategy_config.concurrency', number => (number === -1 ? 0 : Number(number) - 1)),
  'strategy_config.concurrent_num': version =>
    changedAt(version, 'strategy_config.concurrent_num', number =>
      version.type === 'v1' ? undefined : otherNumber(Number(number), { maximum: 1000 }),
    ),
  'mount_config.mount_user.user_id': version =>
    changedAt(version, 'mount_config.mount_user.user_id', otherMountId),
  'mount_config.mount_user.user_group_id': version =>
    changedAt(version, 'mount_config.mount_user.user_group_id', otherMountId),
};

/** What is reported in place of one member that was configured. */
function otherwise(path: string): (version: JsonObject) => JsonObject {
  const schema = schemas.get(`body.${path}`) ?? {};
  if (path.endsWith('.param')) return version => changedAt(version, path, otherParameters);
  // Another destination would need other parameters beside it.
  if (path.endsWith('.destination')) return version => changedAt(version, path, () => undefined);
  return WITH_NEIGHBOURS[path] ?? (version => changedAt(version, path, value => other(value, schema)));
}

/** Faults by which a published version reports another valid value than the one that was configured. */
export const echoFaults: readonly Fault[] = [
  ...echoedMembers.map(({ reportedAt }) => {
    const id = `body.${reportedAt}.echo`;
    return fault(id, `the published version reports another ${reportedAt} than was configured`, [id], {
      version: otherwise(reportedAt),
    });
  }),
  fault(
    'body.dependencies.ids',
    'dependencies that are configured by id are not reported',
    ['body.dependencies.ids'],
    {
      version: (version, { fn }) =>
        fn.configuration.depend_version_list === undefined ? version : { ...version, dependencies: [] },
    },
  ),
];
