import { choosing, type Dress, wearing } from './dress.ts';

/** Unusual ways of reporting a published version. */
export const versionDresses: readonly Dress[] = [
  choosing('urn-with-version', 'func_urn has an eighth field, the version', {
    'func-urn': '8 fields, the version',
  }),
  choosing('urn-with-latest', 'func_urn has an eighth field, latest', { 'func-urn': '8 fields, latest' }),
  choosing('unset-as-null', 'unset members are null', { 'unset-members': 'null' }),
  choosing('unset-as-blank', 'unset members are blank, false or 0', { 'unset-members': 'blank' }),
  wearing('defaults-reported', 'members that were not configured are reported with their defaults', {
    version: version => ({
      type: 'v2',
      strategy_config: { concurrency: -1, concurrent_num: 1 },
      enable_dynamic_memory: false,
      enterprise_project_id: '0',
      ...version,
    }),
  }),
  choosing('extra-members', 'there are members that the page does not document', { 'extra-members': 'some' }),
  choosing('rfc3339-times', 'times are in RFC 3339 with an offset', { times: 'RFC 3339' }),
  choosing('mount-ids-as-strings', 'ids of the mount user are strings', { 'mount-ids': 'strings' }),
  choosing('mount-ids-as-numbers', 'ids of the mount user are numbers', { 'mount-ids': 'numbers' }),
  choosing('without-mounts', 'a new version comes without the mount_config of the function', {
    'version-mounts': 'left out',
  }),
  choosing('upper-case-digest', 'digest is in upper-case hexadecimal', { 'digest-case': 'upper' }),
  choosing('first-cpu-formula', 'cpu is memory_size / 128 * 100', { cpu: 'memory/128*100' }),
  choosing('secrets-withheld', 'encrypted_user_data is blank in answers', { 'masked-secrets': 'blank' }),
];
