import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MockServer, startMock } from './index.ts';

let mock: MockServer;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());
test('x', async () => {
  const call = async (method: string, path: string, body?: unknown, headers = {}) => {
    const r = await fetch(`${mock.url}/v2/${mock.projectId}/fgs/functions${path}`, {
      method,
      headers: { 'x-auth-token': mock.token, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return [r.status, r.headers.get('content-type'), await r.text()];
  };
  const c = {
    func_name: 'a_b',
    package: 'default',
    runtime: 'Python3.9',
    timeout: 30,
    handler: 'index.h',
    memory_size: 128,
    code_type: 'inline',
    code_filename: 'index.py',
    func_code: { file: 'aGFsbG8=' },
    type: 'v2',
    func_vpc: { vpc_id: 'v', subnet_id: 's' },
    depend_version_list: ['d1'],
    strategy_config: { concurrency: 1 },
  };
  console.log(await call('POST', '', c));
  console.log(await call('POST', '/a_b/versions', {}));
  console.log(await call('POST', '/a_b/versions', {}));
  console.log(await call('POST', '/a_b/versions', '{"x":'));
  console.log(await call('PUT', '/a_b/config', { ...c, timeout: 259201 }));
  console.log(await call('PUT', '/a_b/config', { ...c, timeout: 259200 }));
  console.log(await call('POST', '/a_b/versions', '{"__proto__": 1, "version":"v1","description":"d"}'));
  console.log(await call('GET', '/a_b/versions'));
  console.log(await call('PUT', '/a_b/async-invoke-config', { max_async_retry_attempts: 3 }));
  console.log(await call('PUT', '/a_b/config-max-instance', { max_instance_num: 3 }));
  console.log(await call('PUT', '/a_b/code', { code_type: 'inline', func_code: { file: 'aGFsbG8h' } }));
  console.log(await call('PUT', '/a_b/versions', {}));
  console.log(await call('OPTIONS', '/a_b/versions'));
  console.log(await call('POST', '/a%zzb/versions', {}));
  console.log(await call('POST', '/a_b/versions', 'x'.repeat(2000000)));
  console.log(await call('DELETE', '/a_b:latest'));
  console.log(await call('DELETE', `/urn:fss:mock-1:${mock.projectId}:function:default:a_b:v1`));
  console.log(await call('DELETE', '/a_b'));
  console.log(await call('DELETE', '/a_b'));
  const s = await fetch(mock.statesUrl, {
    method: 'POST',
    body: JSON.stringify({
      state: 'a function exists with unpublished changes',
      action: 'setup',
      params: { timeout: 4 },
    }),
  });
  console.log(s.status, await s.text());
});
