/** The enumerations and bounds that more than one table of the page repeats. */

/** Enumeration of `runtime` (Table 4 and Table 10): 20 bold values; the prose list is prose. */
export const RUNTIMES = [
  'Java8',
  'Java11',
  'Node.js6.10',
  'Node.js8.10',
  'Node.js10.16',
  'Node.js12.13',
  'Node.js14.18',
  'Node.js16.17',
  'Node.js18.15',
  'Python2.7',
  'Python3.6',
  'Python3.10',
  'Go1.x',
  'C#(.NET Core 2.1)',
  'C#(.NET Core 3.1)',
  'Custom',
  'PHP7.3',
  'Python3.9',
  'http',
  'Custom Image',
] as const;

/** Runtimes whose handler is not of the form "xx.xx": neighbouring pages show `-` and `bootstrap` for them. */
export const CUSTOM_RUNTIMES = ['Custom', 'Custom Image', 'http'] as const satisfies readonly Runtime[];

/** Documented values of `memory_size`, in MB. */
export const MEMORY_SIZES = [
  128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096,
] as const;

/** Enumeration of `code_type`. */
export const CODE_TYPES = ['inline', 'zip', 'obs', 'jar', 'Custom-Image-Swr'] as const;

/** Values of `mount_type`. */
export const MOUNT_TYPES = ['sfs', 'sfsTurbo', 'ecs'] as const;

/** Enumeration of a destination of asynchronous notification. */
export const DESTINATIONS = ['OBS', 'SMN', 'FunctionGraph'] as const;

/** Enumeration of `type`: v2 is official, v1 deprecated. */
export const FUNCTION_TYPES = ['v1', 'v2'] as const;

/** Statuses of the status code table. */
export const STATUSES = [200, 400, 401, 403, 404, 500] as const;

/** Statuses that belong to a gateway in front of the operation: retried, never a violation of the page. */
export const GATEWAY_STATUSES = [429, 502, 503, 504] as const;

export type Runtime = (typeof RUNTIMES)[number];

/** Whether the handler rules are only recommended for this runtime. */
export function isCustomRuntime(runtime: unknown): boolean {
  return CUSTOM_RUNTIMES.some(custom => custom === runtime);
}

/** Members of `user_data`: at most this many, in at most so many bytes of UTF-8. */
export const USER_DATA = { maxBytes: 4096, maxMembers: 20 } as const;

/** The version description of a publish request: at most so many characters (not bytes). */
export const DESCRIPTION_MAX_LENGTH = 512;

/** Days until an object that a destination in OBS receives expires; 0 for never. */
export const OBJECT_DAYS = { min: 0, max: 365 } as const;

/** Ids that a neighbouring page reserves for mount users. */
export const RESERVED_MOUNT_IDS = [1000, 1002] as const;

/** Over-large bodies are an abuse of the protocol from here on. */
export const BODY_LIMIT_BYTES = 1024 * 1024;
