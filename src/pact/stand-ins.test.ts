import { expect, test } from 'vitest';
import { standInsFor } from './stand-ins.ts';

const ASKED = {
  xrole: 'agency-of-the-pact',
  func_vpc: { vpc_id: 'vpc-of-the-pact', subnet_id: 'subnet-of-the-pact', security_groups: ['a', 'b'] },
  mount_config: {
    func_mounts: [
      { mount_type: 'ecs' as const, mount_resource: 'r', mount_share_path: '/s', local_mount_path: '/mnt' },
    ],
  },
};

const RESOURCES = {
  agency: 'functions',
  vpc: { vpc_id: 'vpc-1', subnet_id: 'subnet-1', security_groups: ['group-1'] },
  mounts: [
    {
      mount_type: 'ecs' as const,
      mount_resource: 'server-1',
      mount_share_path: '/share',
      local_mount_path: '/x',
    },
  ],
};

test('what exists stands for what a state names, and versions show the names of the state', () => {
  const standIns = standInsFor(ASKED, RESOURCES);
  expect(standIns?.members).toEqual({
    xrole: 'functions',
    func_vpc: { vpc_id: 'vpc-1', subnet_id: 'subnet-1', security_groups: ['group-1', 'group-1'] },
    mount_config: {
      func_mounts: [
        {
          mount_type: 'ecs',
          mount_resource: 'server-1',
          mount_share_path: '/share',
          local_mount_path: '/mnt',
        },
      ],
    },
  });
  const version = { ...standIns?.members, func_name: 'f' };
  expect(standIns?.asAsked(version)).toEqual({ ...ASKED, func_name: 'f' });
});

test('what a version reports otherwise stays as it is', () => {
  const { asAsked } = standInsFor(ASKED, RESOURCES) ?? {};
  expect(asAsked?.({ xrole: 'another', func_vpc: null })).toEqual({ xrole: 'another', func_vpc: null });
});

test('there is none for what is not given', () => {
  expect(standInsFor({ timeout: 3 }, RESOURCES)).toBeUndefined();
  expect(standInsFor(ASKED, { image: 'image' })).toBeUndefined();
});
