/** Environment variables that hold secrets. */
const SECRET_VARIABLES = [
  'FGS_TOKEN',
  'FGS_FORBIDDEN_TOKEN',
  'FGS_AK',
  'FGS_SK',
  'FGS_SECURITY_TOKEN',
  'FGS_PASSWORD',
];

/**
 * Takes secrets out of the environment once they are read: workers inherit it, and Node lists it when
 * `NODE_DEBUG` asks for that.
 */
export function forgetSecretVariables(): void {
  for (const name of SECRET_VARIABLES) delete process.env[name];
}
