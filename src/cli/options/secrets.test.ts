import { afterEach, expect, test, vi } from 'vitest';
import { declarations, nameOf } from './index.ts';
import { forgetSecretVariables, withoutSecrets } from './secrets.ts';

afterEach(() => void vi.unstubAllEnvs());

test.each([
  'FGS_TOKEN',
  'FGS_FORBIDDEN_TOKEN',
  'FGS_AK',
  'FGS_SK',
  'FGS_SECURITY_TOKEN',
  'FGS_PASSWORD',
  'FGS_BROKER_TOKEN',
  'FGS_BROKER_PASSWORD',
  'PACT_BROKER_TOKEN',
  'PACT_BROKER_PASSWORD',
])('%s does not stay in the environment', name => {
  vi.stubEnv(name, 'secret');
  forgetSecretVariables();
  expect(process.env).not.toHaveProperty(name);
});

test('whatever sounds like a secret is declared as one', () => {
  const sounding = declarations.filter(option => /token|password|^--[as]k /.test(option.flags));
  expect(sounding.filter(({ secret }) => secret !== true).map(nameOf)).toEqual([]);
});

test('secrets are not among the options that are shown', () => {
  const options = { brokerToken: 'a', forbiddenToken: 'b', region: 'r', ak: undefined };
  expect(withoutSecrets(options)).toEqual({
    brokerToken: '[secret]',
    forbiddenToken: '[secret]',
    region: 'r',
  });
});
