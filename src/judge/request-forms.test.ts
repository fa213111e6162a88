import { describe, expect, test } from 'vitest';
import type { Context, RequestForm } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { judge } from './judge.ts';

const request = {
  method: 'POST',
  url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
  headers: { 'x-auth-token': '$FGS_TOKEN', 'content-type': 'application/json' },
  body: '{"description":"sent"}',
};

const state: Context = {
  projectId: 'p',
  credentials: 'valid',
  function: 'exists',
  unpublishedChanges: true,
};

type Outcome = Pick<Exchange, 'response' | 'failure'>;

function answer(status: number, members: object = {}): Outcome {
  const headers = { 'content-type': 'application/json' };
  return { response: { status, headers, body: JSON.stringify(members) } };
}

const closed: Outcome = { failure: { kind: 'reset', message: 'closed' } };
const noHttp: Outcome = { failure: { kind: 'malformed', message: 'no HTTP' } };
const silent: Outcome = { failure: { kind: 'timeout', message: 'nothing came' } };
const gone: Outcome = { failure: { kind: 'unreachable', message: 'refused' } };

/** Clauses of how requests are answered and survived, `+` for held and `-` for broken. */
function verdicts(outcome: Outcome, context: Context): readonly string[] {
  const { exercised, findings } = judge({ request, ...outcome }, { ...state, ...context });
  return [...exercised]
    .filter(id => /^(?:robustness\.(?!readable|alive|connection)|status|request|error)/.test(id))
    .map(id => (findings.some(({ clause }) => clause === id) ? `-${id}` : `+${id}`))
    .sort();
}

function inForm(standing: RequestForm['standing'], outcome: Outcome): readonly string[] {
  return verdicts(outcome, { form: { title: 'a form', standing } });
}

describe('a form that makes no difference', () => {
  test('is accepted', () => {
    const found = inForm('equal', answer(200, { version_description: 'sent' }));
    expect(found).toContain('+robustness.protocol');
    expect(found.filter(id => id.startsWith('-'))).toEqual([]);
  });

  test.each([401, 415])('is never refused, such as with %i', status => {
    expect(inForm('equal', answer(status)).filter(id => id.startsWith('-robustness'))).toEqual([
      '-robustness.protocol',
    ]);
  });

  test('loses nothing', () => {
    const form = { title: 'a form', standing: 'equal' } as const;
    const { findings } = judge({ request, ...answer(200) }, { ...state, form });
    expect(findings.map(({ clause }) => clause)).toContain('body.version_description.echo');
  });

  test('may be refused when there may be nothing to publish', () => {
    const form = { title: 'a form', standing: 'equal' } as const;
    expect(verdicts(answer(400), { form, unpublishedChanges: false })).toContain('+robustness.protocol');
  });
});

describe('a form that servers may lack', () => {
  test('is fine when it is accepted with what it said', () => {
    expect(inForm('optional', answer(200, { version_description: 'sent' }))).toEqual([
      '+robustness.answered',
      '+robustness.complete',
      '+robustness.forms',
      '+robustness.protocol',
      '+status.documented',
    ]);
  });

  test.each([
    ['refused', answer(411)],
    ['accepted, with its body lost', answer(200)],
  ])('is better not %s', (_, outcome) => {
    const found = inForm('optional', outcome);
    expect(found).toContain('-robustness.forms');
    expect(found.filter(id => id.startsWith('-'))).toHaveLength(1);
  });

  test.each([500, 302])('is never answered with %i', status => {
    expect(inForm('optional', answer(status))).toContain('-robustness.protocol');
  });

  test('is answered', () => {
    expect(inForm('optional', closed)).toContain('-robustness.answered');
  });

  test('says nothing when the gateway answers', () => {
    expect(inForm('optional', answer(503))).toEqual(['+robustness.answered', '+robustness.complete']);
  });

  test('need not be accepted when nothing is known of changes', () => {
    const form = { title: 'a form', standing: 'optional' } as const;
    expect(verdicts(answer(400), { form, unpublishedChanges: undefined })).not.toContain('-robustness.forms');
  });
});

describe('a form that may mean this or that', () => {
  test.each([
    ['accepted', answer(200)],
    ['refused', answer(431)],
    ['not known', answer(501)],
    ['sent elsewhere', answer(301)],
    ['closed on', closed],
    ['closed on with words that are no HTTP', noHttp],
  ])('may be %s', (_, outcome) => {
    const found = inForm('doubtful', outcome);
    expect(found).toContain('+robustness.protocol');
    expect(found.filter(id => id.startsWith('-'))).toEqual([]);
  });

  test('never makes the target fail or hang', () => {
    expect(inForm('doubtful', answer(500))).toContain('-robustness.protocol');
    expect(inForm('doubtful', silent)).toContain('-robustness.answered');
  });
});

describe('a form that makes no sense', () => {
  test.each([
    ['refused', answer(400)],
    ['closed on', closed],
    ['closed on with words that are no HTTP', noHttp],
  ])('may be %s', (_, outcome) => {
    const found = inForm('broken', outcome);
    expect(found).toContain('+robustness.abuse');
    expect(found.filter(id => id.startsWith('-'))).toEqual([]);
  });

  test.each([200, 204, 302, 500])('is never answered with %i', status => {
    expect(inForm('broken', answer(status))).toContain('-robustness.abuse');
  });

  test('may be refused without the documented error body', () => {
    const response = { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>Bad request</h1>' };
    const form = { title: 'a form', standing: 'broken' } as const;
    expect(judge({ request, response }, { ...state, form }).findings).toEqual([]);
  });
});

describe('the request after abuse', () => {
  const after = 'two lengths';

  test.each([
    ['answered', answer(404)],
    ['answered with an error', answer(500)],
  ])('is fine when it is %s', (_, outcome) => {
    expect(verdicts(outcome, { after })).toContain('+robustness.survives');
  });

  test.each([
    ['closed on', closed],
    ['not answered', silent],
    ['not even taken', gone],
  ])('is a finding of survival alone when it is %s', (_, outcome) => {
    expect(verdicts(outcome, { after })).toEqual(['-robustness.survives']);
  });
});
