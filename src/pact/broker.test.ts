import { expect, test } from 'vitest';
import { brokerOf, needBroker } from './broker.ts';

const URL = 'https://broker.example.com';

test('options win over the variables of Pact, which win over nothing', () => {
  const env = { PACT_BROKER_BASE_URL: URL, PACT_BROKER_TOKEN: 'from-env' };
  expect(brokerOf({}, {})).toBeUndefined();
  expect(brokerOf({}, env)).toEqual({ baseUrl: URL, token: 'from-env' });
  expect(brokerOf({ brokerToken: 'given' }, env)).toEqual({ baseUrl: URL, token: 'given' });
});

test('an empty variable is none', () => {
  expect(brokerOf({}, { PACT_BROKER_BASE_URL: '' })).toBeUndefined();
});

test('basic authentication needs both of its parts', () => {
  const named = { brokerBaseUrl: URL, brokerUsername: 'ci' };
  expect(brokerOf({ ...named, brokerPassword: 'secret' }, {})).toEqual({
    baseUrl: URL,
    username: 'ci',
    password: 'secret',
  });
  expect(() => brokerOf(named, {})).toThrow(/one of them is missing/);
  expect(() => brokerOf({ ...named, brokerToken: 't' }, {})).toThrow(/not both/);
});

test('an address that holds a password is refused without showing it', () => {
  const refused = () => brokerOf({ brokerBaseUrl: 'https://ci:pass-word@broker.example.com' }, {});
  expect(refused).toThrow(/holds a password/);
  expect(refused).not.toThrow(/pass-word/);
});

test('where a broker is needed, the way to name one is told', () => {
  expect(() => needBroker({}, {})).toThrow(/--broker-base-url/);
  expect(() => needBroker({ brokerBaseUrl: 'broker.example.com' }, {})).toThrow(/http/);
});
