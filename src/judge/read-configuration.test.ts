import { describe, expect, test } from 'vitest';
import { exchangeOf, FUNCTION_PATH, type Said, said } from './said.test.support.ts';

const FUNCTION = {
  func_name: 'f',
  package: 'default',
  runtime: 'Node.js16.17',
  timeout: 30,
  handler: 'index.handler',
  memory_size: 128,
  code_type: 'inline',
};

describe('a request that configures', () => {
  const change = { ...FUNCTION, package: undefined, code_type: undefined, timeout: 2 };

  test.each<[string, string, unknown, string]>([
    ['changes the configuration', `PUT ${FUNCTION_PATH}/config`, change, 'timeout'],
    [
      'sets the maximum of instances',
      `PUT ${FUNCTION_PATH}/config-max-instance`,
      { max_instance_num: 1001 },
      'strategy_config.concurrency',
    ],
    [
      'configures notifications',
      `PUT ${FUNCTION_PATH}/async-invoke-config`,
      { max_async_retry_attempts: 9 },
      'function_async_config.max_async_retry_attempts',
    ],
  ])('%s, and is held against the page', (_what, line, sent, member) => {
    expect(Object.keys(said(exchangeOf(line, sent, 200, {}), /^config\./))).toEqual([
      `config.${member}.refused`,
    ]);
  });

  test.each<[string, string, unknown]>([
    ['changes a version', `PUT ${FUNCTION_PATH}:v1/config`, change],
    ['configures nothing', `DELETE ${FUNCTION_PATH}`, change],
    ['is no JSON', `PUT ${FUNCTION_PATH}/config`, '{"timeout":'],
    ['is no object', `PUT ${FUNCTION_PATH}/config`, [change]],
    ['is empty', `PUT ${FUNCTION_PATH}/config`, undefined],
  ])('says nothing when it %s', (_what, line, sent) => {
    expect(said(exchangeOf(line, sent, 200, {}), /^config\./)).toEqual({});
  });

  test('is read beside what the function is', () => {
    const exchange = exchangeOf(
      `PUT ${FUNCTION_PATH}/config`,
      { ...change, runtime: undefined, timeout: 30, handler: 'no-period' },
      200,
      {},
    );
    const beside = (runtime: 'Custom' | 'Go1.x'): Said =>
      said(exchange, /^config\.handler/, { configuration: { runtime } });
    expect(beside('Custom')).toEqual({});
    expect(beside('Go1.x')).toEqual({
      'config.handler.refused': 'handler "no-period" was accepted with 200',
    });
  });
});
