/** The error code table: code -> the status that it comes with. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'FSS.0400': 400,
  'FSS.0401': 401,
  'FSS.0403': 403,
  'FSS.0404': 404,
  'FSS.0406': 406,
  'FSS.0408': 408,
  'FSS.0409': 409,
  'FSS.0413': 413,
  'FSS.0429': 429,
  'FSS.0500': 500,
  'FSS.0502': 502,
  'FSS.0503': 503,
  'FSS.0504': 504,
  'FSS.1001': 400,
  'FSS.1002': 400,
  'FSS.1003': 400,
  'FSS.1004': 400,
  'FSS.1005': 400,
  'FSS.1006': 400,
  'FSS.1007': 400,
  'FSS.1008': 400,
  'FSS.1009': 400,
  'FSS.1010': 400,
  'FSS.1011': 400,
  'FSS.1012': 400,
  'FSS.1015': 400,
  'FSS.1016': 400,
  'FSS.1017': 400,
  'FSS.1018': 400,
  'FSS.1019': 400,
  'FSS.1026': 400,
  'FSS.1041': 403,
  'FSS.1051': 404,
  'FSS.1052': 404,
  'FSS.1053': 404,
  'FSS.1061': 409,
  'FSS.1062': 409,
  'FSS.1071': 413,
  'FSS.1072': 413,
  'FSS.1075': 400,
  'FSS.1309': 400,
  'FSS.1404': 400,
  'FSS.1405': 400,
};

/** The status that the error code table gives for a code, or `undefined` for a code that is not in it. */
export function statusOfCode(code: string): number | undefined {
  return Object.hasOwn(STATUS_OF_CODE, code) ? STATUS_OF_CODE[code] : undefined;
}

/** Codes with which a service refuses one member of a configuration. */
const MEMBERS_OF_CODE: Readonly<Record<string, readonly string[]>> = {
  'FSS.1003': ['handler'],
  'FSS.1004': ['package'],
  'FSS.1005': ['runtime'],
  'FSS.1006': ['code_type'],
  'FSS.1007': ['memory_size'],
  'FSS.1008': ['timeout'],
  'FSS.1009': ['user_data', 'encrypted_user_data'],
  'FSS.1010': ['code_url'],
  'FSS.1017': ['user_data', 'encrypted_user_data'],
  'FSS.1018': ['user_data', 'encrypted_user_data'],
  'FSS.1026': ['strategy_config.concurrency', 'strategy_config.concurrent_num'],
  'FSS.1075': ['mount_config.mount_user.user_id', 'mount_config.mount_user.user_group_id'],
  'FSS.1404': ['initializer_handler'],
  'FSS.1405': ['initializer_timeout'],
};

/** The members of a configuration that a refusal with this code is about; empty when the code names none. */
export function membersOfCode(code: string): readonly string[] {
  return Object.hasOwn(MEMBERS_OF_CODE, code) ? (MEMBERS_OF_CODE[code] ?? []) : [];
}

/**
 * Codes of refusals that say that a resource named in a configuration does not exist (agency, VPC, subnet,
 * image, OBS object, dependency). They are no refusal of a range.
 */
export const MISSING_RESOURCE_CODES: ReadonlySet<string> = new Set([
  'FSS.1021',
  'FSS.1024',
  'FSS.1034',
  'FSS.1035',
  'FSS.1036',
  'FSS.1037',
  'FSS.1050',
  'FSS.1054',
  'FSS.1056',
]);
