import { afterEach, expect, test, vi } from 'vitest';
import { canIDeploy, questionOf } from './can-i-deploy.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function asked(...question: Parameters<typeof questionOf>): readonly string[] {
  return decodeURIComponent(questionOf(...question)).split('&');
}

test('the latest of a branch is one version, not all of the branch', () => {
  const selectors = [
    { pacticipant: 'a', branch: 'main' },
    { pacticipant: 'b', mainBranch: true },
  ];
  expect(asked(selectors, {})).toEqual([
    'q[][pacticipant]=a',
    'q[][latest]=true',
    'q[][branch]=main',
    'q[][pacticipant]=b',
    'q[][latest]=true',
    'q[][mainBranch]=true',
    'latestby=cvpv',
  ]);
});

test('Pact’s own variable adds to what is ignored', () => {
  vi.stubEnv('PACT_BROKER_CAN_I_DEPLOY_IGNORE', 'y, z');
  const question = asked([{ pacticipant: 'a', version: '1' }], {
    ignore: [{ pacticipant: 'x', version: '2' }],
  });
  expect(question.filter(member => member.startsWith('ignore'))).toEqual([
    'ignore[][pacticipant]=x',
    'ignore[][version]=2',
    'ignore[][pacticipant]=y',
    'ignore[][pacticipant]=z',
  ]);
});

test.each([
  [{ selectors: [{ pacticipant: 'a', version: ' ' }] }, /version of a is blank/],
  [{ selectors: [{ pacticipant: '', version: '1' }] }, /name of a pacticipant is blank/],
  [{ selectors: [{ pacticipant: 'a', version: '1' }], toEnvironment: '' }, /--to-environment is blank/],
  [{ selectors: [{ pacticipant: 'a', latest: true }, { pacticipant: 'b' }] }, /Which version of b\?/],
])('%j asks for nothing, which is told', async (options, told) => {
  await expect(canIDeploy({ brokerBaseUrl: 'http://127.0.0.1:9', ...options })).rejects.toThrow(told);
});
