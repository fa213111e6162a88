import { type Configuration, configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import type { PageSchema } from '../page/schema.ts';
import { publishedVersion } from '../page/tables/published-version.ts';
import { didYouMean } from '../words/nearest.ts';
import type { Hooks, Service } from './call.ts';
import { checked, MEMBERS_OF, setMembers } from './configure.ts';
import type { JsonObject } from './json-object.ts';
import { withNamedCode } from './named-code.ts';

/**
 * A configuration that was asked for, under the ranges of the page, with plain members beside it.
 *
 * @param name the function's, when it was not asked for
 * @throws a refusal when no function can have it
 */
export function arrangedConfiguration(
  asked: JsonObject,
  name: string,
  hooks: readonly Hooks[],
): Configuration {
  const plain = {
    func_name: name,
    package: 'default',
    runtime: 'Node.js14.18',
    timeout: 30,
    handler: 'index.handler',
    memory_size: 128,
    code_type: 'inline',
  };
  const code = { file: Buffer.from(`exports.handler = async () => '${name}';`).toString('base64') };
  const set = setMembers(asked, MEMBERS_OF.state);
  const whole = { ...plain, ...(set.code_url === undefined ? { func_code: code } : {}), ...set };
  return checked(withNamedCode(whole, whole.runtime, hooks), hooks);
}

/** A function as somebody has it who was shown it: its configuration, with what a service reports beside it. */
const SHOWN: PageSchema = {
  properties: { ...publishedVersion.properties, ...configuration.properties },
};

/** @throws Error that names the first member, at any depth, that no function has */
function checkMembers(value: unknown, { properties, items }: PageSchema, place: string): void {
  if (Array.isArray(value) && items !== undefined) {
    for (const [index, item] of value.entries()) checkMembers(item, items, `${place}[${index}]`);
  }
  if (!isObject(value) || properties === undefined) return;
  for (const [name, member] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined) {
      const hint = didYouMean(name, Object.keys(properties));
      throw new Error(`${place} has ${JSON.stringify(name)}, which is no member of it.${hint}`);
    }
    checkMembers(member, schema, `${place}.${name}`);
  }
}

/**
 * Puts functions into a service that begins; answers their URNs.
 *
 * @throws Error of one sentence: what is no function, and why
 */
export function beginWith({ store, hooks }: Service, functions: readonly unknown[]): readonly string[] {
  return functions.map((asked, index) => {
    const place = `functions[${index}]`;
    if (!isObject(asked)) throw new Error(`${place} is not an object of a function’s members.`);
    checkMembers(asked, SHOWN, place);
    try {
      return store.add(arrangedConfiguration(asked, `function-${index + 1}`, hooks)).urn;
    } catch (error) {
      throw new Error(`${place} cannot be: ${error instanceof Error ? error.message : error}.`, {
        cause: error,
      });
    }
  });
}
