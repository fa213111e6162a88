import type { ErrorBody } from './tables/error-body.ts';
import { exampleError } from './tables/examples.ts';

/** The error code table: code -> the status that it comes with, and what it means. */
const ERROR_CODES: Readonly<Record<string, readonly [status: number, means: string]>> = {
  'FSS.0400': [400, 'Invalid parameter'],
  'FSS.0401': [401, 'Access denied'],
  'FSS.0403': [403, 'Forbidden'],
  'FSS.0404': [404, 'Resource not found'],
  'FSS.0406': [406, 'Not acceptable'],
  'FSS.0408': [408, 'Request timed out'],
  'FSS.0409': [409, 'The resource already exists'],
  'FSS.0413': [413, 'The body is too large'],
  'FSS.0429': [429, 'Too many requests'],
  'FSS.0500': [500, 'Internal server error'],
  'FSS.0502': [502, 'Bad gateway'],
  'FSS.0503': [503, 'Unavailable'],
  'FSS.0504': [504, 'Gateway timeout'],
  'FSS.1001': [400, 'Invalid query parameter'],
  'FSS.1002': [400, 'Invalid function name'],
  'FSS.1003': [400, 'Invalid handler'],
  'FSS.1004': [400, 'Invalid package'],
  'FSS.1005': [400, 'Invalid runtime'],
  'FSS.1006': [400, 'Invalid code type'],
  'FSS.1007': [400, 'Invalid memory size'],
  'FSS.1008': [400, 'Invalid timeout'],
  'FSS.1009': [400, 'Invalid user data'],
  'FSS.1010': [400, 'Invalid code URL'],
  'FSS.1011': [400, 'Invalid code'],
  'FSS.1012': [400, 'The code is missing'],
  'FSS.1015': [400, 'Invalid function version'],
  'FSS.1016': [400, 'Nothing changed since the last publication'],
  'FSS.1017': [400, 'Too many members of user data'],
  'FSS.1018': [400, 'The user data is too large'],
  'FSS.1019': [400, 'The description is too long'],
  'FSS.1026': [400, 'Invalid concurrency'],
  'FSS.1041': [403, 'Too many functions'],
  'FSS.1051': [404, exampleError.error_msg],
  'FSS.1052': [404, 'The version does not exist'],
  'FSS.1053': [404, 'The alias does not exist'],
  'FSS.1061': [409, 'The function already exists'],
  'FSS.1062': [409, 'The version already exists'],
  'FSS.1071': [413, 'The package is too large'],
  'FSS.1072': [413, 'The inline code is too large'],
  'FSS.1075': [400, 'Invalid user or group of mounts'],
  'FSS.1309': [400, 'Invalid function URN'],
  'FSS.1404': [400, 'Invalid initializer'],
  'FSS.1405': [400, 'Invalid timeout of the initializer'],
};

/** The status that the error code table gives for a code, or `undefined` for a code that is not in it. */
export function statusOfCode(code: string): number | undefined {
  return Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code]?.[0] : undefined;
}

/** The error bodies that the error code table gives for a status; the one of the page's own example first. */
export function errorsOfStatus(status: number): readonly ErrorBody[] {
  return Object.entries(ERROR_CODES)
    .filter(([, [own]]) => own === status)
    .map(([error_code, [, error_msg]]) => ({ error_code, error_msg }))
    .sort((one, other) => Number(isExample(other)) - Number(isExample(one)));
}

function isExample({ error_code }: ErrorBody): boolean {
  return error_code === exampleError.error_code;
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

/** The families of error codes that services and gateways are known to have. */
export const ERROR_FAMILIES = ['FSS', 'FGS', 'APIG', 'APIGW'] as const;

/** The family of an error code: the letters before its period. */
export function errorFamily(code: string): (typeof ERROR_FAMILIES)[number] | 'another' {
  return ERROR_FAMILIES.find(family => code.startsWith(`${family}.`)) ?? 'another';
}
