import { attributeOf, declarations, variablesOf } from './index.ts';

const secrets = declarations.filter(({ secret }) => secret === true);

/**
 * Takes secrets out of the environment once they are read: workers and other programs inherit it, and Node
 * lists it when `NODE_DEBUG` asks for that.
 */
export function forgetSecretVariables(): void {
  for (const name of secrets.flatMap(variablesOf)) delete process.env[name];
}

/** The options in force, as they may be shown: by attribute name (`forbiddenToken`), secrets replaced. */
export function withoutSecrets(
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const hidden = new Set(secrets.map(attributeOf));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, hidden.has(name) ? '[secret]' : value]));
}
