import { describe, expect, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import type { Resources } from '../page/resources.ts';
import { parseResources } from './resources.ts';
import { run } from './run.ts';

const NAME = '--resources r.json';

describe('a resources file', () => {
  test('may have any part of what exists, and name its schema', () => {
    expect(parseResources('{}', NAME)).toEqual({});
    expect(parseResources('{"$schema":"x","agency":"a"}', NAME)).toMatchObject({ agency: 'a' });
  });

  test.each([
    ['{"agency":', '--resources r.json is no JSON: it ends too early.'],
    ['[]', '--resources r.json: expected an object such as {"agency": "functions"}, not an array.'],
    ['{"vpcs":{}}', '--resources r.json: resources has "vpcs", which is no member of it. Did you mean vpc?'],
    ['{"agency":7}', '--resources r.json: resources.agency must be a text, not the number 7.'],
    ['{"agency":""}', '--resources r.json: resources.agency must not be empty.'],
    ['{"vpc":{"vpc_id":"v"}}', '--resources r.json: resources.vpc has no "subnet_id".'],
    [
      '{"vpc":{"vpc_id":"v","subnetId":"s"}}',
      '--resources r.json: resources.vpc has "subnetId", which is no member of it. Did you mean subnet_id?',
    ],
    ['{"dependencies":[]}', '--resources r.json: resources.dependencies must not be empty.'],
    ['{"destinations":{}}', '--resources r.json: resources.destinations must not be empty.'],
    [
      '{"destinations":{"OBS":{"bucket":"b","expires":366}}}',
      '--resources r.json: resources.destinations.OBS.expires must be at most 365.',
    ],
    [
      '{"mounts":[{"mount_type":"nfs","mount_resource":"r","local_mount_path":"/a"}]}',
      '--resources r.json: resources.mounts.0.mount_type must be one of sfs, sfsTurbo, ecs.',
    ],
  ])('%s is refused in one sentence', (text, message) => {
    expect(() => parseResources(text, NAME)).toThrow(message);
  });

  test('has a share path for a server', () => {
    const text = '{"mounts":[{"mount_type":"ecs","mount_resource":"r","local_mount_path":"/a"}]}';
    expect(() => parseResources(text, NAME)).toThrow(
      /^--resources r\.json: "mounts" names nothing: .*share_path/,
    );
  });
});

const RESOURCES: Resources = {
  agency: 'functions',
  vpc: { vpc_id: 'vpc-1', subnet_id: 'subnet-1', security_groups: ['group-1'] },
  dependencies: ['dependency-1'],
};

const ONLY = [
  'config.func_vpc.*',
  'body.func_vpc.*',
  'config.xrole.*',
  'body.dependencies.*',
  'config.depend*',
];

/** What a run finds on a server on which nothing but some resources exists. */
async function found(existing: Resources, resources: Resources) {
  const mock = await startMock({ resources: existing });
  const { url: endpoint, projectId, token } = mock;
  const { report } = await run({ endpoint, projectId, token, only: ONLY, seed: 1, resources }).finally(() =>
    mock.close(),
  );
  return {
    reasons: new Map(report.clauses.map(({ id, reason = 'exercised' }) => [id, reason])),
    failed: report.clauses.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    shown: report.run.options?.resources,
  };
}

describe('on a server that looks whether resources exist', () => {
  test('made-up ones are refused, which is no finding, and the reason names the resource', async () => {
    const { failed, reasons } = await found({}, {});
    expect(failed).toEqual([]);
    expect(reasons.get('config.func_vpc.vpc_id.accepted')).toMatch(
      /^it needs a VPC that exists \(--resources, "vpc"\): the target refused to create function: 400 /,
    );
    expect(reasons.get('config.xrole.accepted')).toMatch(/--resources, "agency"/);
    expect(reasons.get('body.dependencies.ids')).toMatch(/--resources, "dependencies"/);
  });

  test('those that exist unlock what is about them', async () => {
    const { failed, reasons, shown } = await found(RESOURCES, RESOURCES);
    expect(failed).toEqual([]);
    expect([...reasons].filter(([, reason]) => reason !== 'exercised').map(([id]) => id)).toEqual([
      'body.dependencies.echo',
    ]);
    expect(shown).toEqual(['agency', 'vpc', 'dependencies']);
  });

  test('refusing what is said to exist is a finding about what is refused', async () => {
    expect((await found({}, { agency: 'functions' })).failed).toEqual(['config.xrole.accepted']);
    const { failed } = await found({ agency: 'functions' }, RESOURCES);
    expect(failed).toEqual(['config.func_vpc.vpc_id.accepted', 'config.depend_version_list.accepted']);
  });
});
