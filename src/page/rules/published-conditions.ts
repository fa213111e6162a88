import { broken, held, type Rule } from '../clause.ts';
import { RESERVED_MOUNT_IDS } from '../values.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';

/** Clauses of members that depend on each other. */
export const conditionRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.cpu.proportion',
    subject: 'body.cpu',
    level: 'recommended',
    title: 'cpu is memory_size / 128 * 100, or 200 more',
    source: { table: 'Table 4', row: 'cpu' },
    when: 'every 200 answer',
    ruling: 'The example has 300 for 128 MB; the function model gives the second formula.',
    check: ({ body }) => {
      if (body.cpu === undefined || body.memory_size === undefined) return null;
      const share = (body.memory_size / 128) * 100;
      if (body.cpu === share || body.cpu === share + 200) return held;
      return broken(
        `cpu is ${body.cpu} for ${body.memory_size} MB; documented: ${share} or ${share + 200}`,
        '/cpu',
      );
    },
  },
  {
    id: 'body.code_url.when-obs',
    subject: 'body.code_url',
    level: 'required',
    title: 'code_url is there when code_type is obs',
    source: { table: 'Table 4', row: 'code_url' },
    when: 'every 200 answer with code_type obs',
    check: ({ body, isAbsent }) => {
      if (body.code_type !== 'obs') return null;
      return isAbsent('/code_url') ? broken('code_url is absent, but code_type is obs', '/code_url') : held;
    },
  },
  {
    id: 'body.code_url.blank',
    subject: 'body.code_url',
    level: 'required',
    title: 'code_url is blank when code_type is not obs',
    source: { table: 'Table 4', row: 'code_url' },
    when: 'every 200 answer with another code_type than obs',
    check: ({ body, isAbsent }) => {
      if (body.code_type === undefined || body.code_type === 'obs') return null;
      if (isAbsent('/code_url')) return held;
      return broken(`code_url is ${inWords(body.code_url)}, but code_type is ${body.code_type}`, '/code_url');
    },
  },
  {
    id: 'body.code_filename.when-package',
    subject: 'body.code_filename',
    level: 'required',
    title: 'code_filename is there when code_type is jar or zip',
    source: { table: 'Table 4', row: 'code_filename' },
    when: 'every 200 answer with code_type jar or zip',
    ruling: 'Otherwise it is free: the example shows one for inline code.',
    check: ({ body, isAbsent }) => {
      if (body.code_type !== 'jar' && body.code_type !== 'zip') return null;
      if (!isAbsent('/code_filename')) return held;
      return broken(`code_filename is absent, but code_type is ${body.code_type}`, '/code_filename');
    },
  },
  {
    id: 'body.initializer_timeout.with-handler',
    subject: 'body.initializer_timeout',
    level: 'required',
    title: 'initializer_timeout is there when there is an initializer_handler',
    source: { table: 'Table 4', row: 'initializer_timeout' },
    when: 'every 200 answer with an initializer_handler',
    check: ({ body, isAbsent }) => {
      if (body.initializer_handler === undefined) return null;
      if (!isAbsent('/initializer_timeout')) return held;
      return broken(
        'initializer_timeout is absent, but there is an initializer_handler',
        '/initializer_timeout',
      );
    },
  },
  {
    id: 'body.strategy_config.concurrency.v1',
    subject: 'body.strategy_config.concurrency',
    level: 'required',
    title: 'concurrency of a v1 function is 0 or -1',
    source: { table: 'Table 9', row: 'concurrency' },
    when: 'every 200 answer with type v1 and a concurrency',
    check: ({ body }) => {
      const concurrency = body.strategy_config?.concurrency;
      if (body.type !== 'v1' || concurrency === undefined) return null;
      if (concurrency === 0 || concurrency === -1) return held;
      return broken(
        `concurrency is ${concurrency} on a v1 function; documented: 0 or -1`,
        '/strategy_config/concurrency',
      );
    },
  },
  {
    id: 'body.strategy_config.concurrent_num.v1',
    subject: 'body.strategy_config.concurrent_num',
    level: 'recommended',
    title: 'concurrent_num is not used on a v1 function',
    source: { table: 'Table 9', row: 'concurrent_num' },
    when: 'every 200 answer with type v1',
    ruling: '"Supported only by v2": absent, null or 1 on v1.',
    check: view => {
      const { body } = view;
      if (body.type !== 'v1' || body.strategy_config === undefined) return null;
      const number = body.strategy_config.concurrent_num;
      if (number === undefined) return view.isAbsent('/strategy_config/concurrent_num') ? held : null;
      return number === 1
        ? held
        : broken(`concurrent_num is ${number} on a v1 function`, '/strategy_config/concurrent_num');
    },
  },
  {
    id: 'body.mount_config.func_mounts[].mount_share_path.when-ecs',
    subject: 'body.mount_config.func_mounts[].mount_share_path',
    level: 'required',
    title: 'mount_share_path is there when mount_type is ecs',
    source: { table: 'Table 8', row: 'mount_share_path' },
    when: 'every 200 answer with a mount of type ecs',
    check: ({ body, isAbsent }) => {
      const mounts = body.mount_config?.func_mounts ?? [];
      const pointers = mounts.flatMap((mount, index) =>
        mount?.mount_type === 'ecs' ? [`/mount_config/func_mounts/${index}/mount_share_path`] : [],
      );
      if (pointers.length === 0) return null;
      return pointers
        .filter(isAbsent)
        .map(pointer => ({ message: 'mount_share_path is absent, but mount_type is ecs', pointer }));
    },
  },
  ...(['user_id', 'user_group_id'] as const).map(
    (member): Rule<PublishedView> => ({
      id: `body.mount_config.mount_user.${member}.reserved`,
      subject: `body.mount_config.mount_user.${member}`,
      level: 'recommended',
      title: `${member} is not 1000 or 1002`,
      source: { table: 'Table 7', row: member },
      when: `every 200 answer with a ${member}`,
      ruling: 'Only a neighbouring page excludes them.',
      check: ({ body }) => {
        const id = body.mount_config?.mount_user?.[member];
        if (id === undefined) return null;
        if (!RESERVED_MOUNT_IDS.some(reserved => reserved === Number(id))) return held;
        return broken(`${member} is ${id}, which is reserved`, `/mount_config/mount_user/${member}`);
      },
    }),
  ),
];
