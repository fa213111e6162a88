import { UsageError } from './usage-error.ts';

/** What a run proves with that it may do what it does: one of three kinds, and perhaps a second token. */
export interface CredentialOptions {
  /** Sent as `X-Auth-Token`. */
  readonly token?: string;
  /** The id of an access key: requests are signed in place of a token. */
  readonly ak?: string;
  readonly sk?: string;
  /** Comes with a temporary access key. */
  readonly securityToken?: string;
  /** Where user name and password are exchanged for a token. */
  readonly iamUrl?: string;
  readonly username?: string;
  readonly password?: string;
  /** The account that the user belongs to, by name. */
  readonly domain?: string;
  /** The project that the token is for, by name. Default: the project, by its id. */
  readonly projectName?: string;
  /** A token of a user without permission to publish. */
  readonly forbiddenToken?: string;
}

/** The kinds of credentials, by the options that belong to each. */
const KINDS = {
  token: ['token'],
  key: ['ak', 'sk', 'securityToken'],
  account: ['iamUrl', 'username', 'password', 'domain', 'projectName'],
} as const satisfies Readonly<Record<string, readonly (keyof CredentialOptions)[]>>;

const NONE =
  '--endpoint needs credentials: a token (FGS_TOKEN), an access key (FGS_AK and FGS_SK), or --iam-url with a user name and a password (FGS_PASSWORD).';

/**
 * Checks that the options hold one kind of credentials, whole, and say which project they are for.
 *
 * @throws UsageError
 */
export function checkCredentialOptions(options: CredentialOptions & { readonly projectId?: string }): void {
  const given = Object.values(KINDS)
    .map(names => names.find(name => options[name] !== undefined))
    .filter(name => name !== undefined);
  const [first, second] = given;
  if (first === undefined) throw new UsageError(NONE);
  if (second !== undefined) {
    throw new UsageError(
      `${flagOf(first)} and ${flagOf(second)} exclude each other: give one kind of credentials.`,
    );
  }
  const { projectId, projectName, token, forbiddenToken } = options;
  if (forbiddenToken !== undefined && forbiddenToken === token) {
    throw new UsageError(
      '--forbidden-token is the token itself: it must be the token of a user without permission to publish.',
    );
  }
  if (projectId === undefined && projectName === undefined) {
    throw new UsageError('--endpoint needs --project-id: the project of the credentials.');
  }
  if (first === 'token') return;
  const isKey = KINDS.key.some(name => name === first);
  const mandatory = isKey ? (['ak', 'sk'] as const) : (['iamUrl', 'username', 'password', 'domain'] as const);
  const missing = mandatory.find(name => options[name] === undefined);
  if (missing !== undefined) throw new UsageError(`${flagOf(first)} needs ${flagOf(missing)} as well.`);
}

/** An option as it is written on the command line. */
function flagOf(name: keyof CredentialOptions): string {
  return `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
