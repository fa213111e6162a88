/** Options whose values are secret, by their names without dashes. */
const SECRET_OPTIONS = ['token', 'forbidden-token', 'ak', 'sk', 'security-token', 'password'] as const;

/**
 * Takes secrets out of the environment once they are read: workers inherit it, and Node lists it when
 * `NODE_DEBUG` asks for that.
 */
export function forgetSecretVariables(): void {
  for (const name of SECRET_OPTIONS) delete process.env[`FGS_${name.replaceAll('-', '_').toUpperCase()}`];
}

/** The options in force, as they may be shown: by attribute name (`forbiddenToken`), secrets replaced. */
export function withoutSecrets(
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const secret = new Set(
    SECRET_OPTIONS.map(name => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())),
  );
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, secret.has(name) ? '[secret]' : value]));
}
