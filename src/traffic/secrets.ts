/** Finding the credentials in recorded exchanges, and taking them out of what is stored and printed. */

import { readJson } from '../judge/read-exchange.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { pathOf } from '../page/operations.ts';
import { type Redaction, redactionOf } from '../target/capture.ts';
import { WRONG_TOKEN } from '../target/credentials.ts';
import type { Secret } from '../target/redaction.ts';

const TOKEN = '$FGS_TOKEN';
const REDACTED = '[redacted]';

/** Each request has another one, which only its own answer can echo. */
const SIGNATURE = '[signature]';

/** Headers that hold one secret value. */
const SECRET_HEADERS: Readonly<Record<string, string>> = {
  'x-auth-token': TOKEN,
  'x-subject-token': TOKEN,
  'x-security-token': REDACTED,
};

/** A cookie that is shorter is rather a language or a region than a session. */
const SHORTEST_COOKIE = 20;

/** Paths at which tokens and temporary keys are given out. */
const ISSUES_CREDENTIALS = /\/auth\/tokens$|\/OS-CREDENTIAL\/|\/securitytokens$/i;

/** Members of the bodies there that are secrets, wherever they stand. */
const SECRET_MEMBER = /^(?:password|passcode|secret|access|securitytoken|security_token)$/i;

/** The credentials that an exchange shows, each with what stands in for it. */
export function secretsIn({ request, response }: Exchange): readonly Secret[] {
  return [
    ...redacted(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i.exec(request.url)?.slice(1) ?? []),
    ...headerSecrets(request.headers),
    ...headerSecrets(response?.headers ?? {}),
    ...(issuesCredentials(request) ? [...bodySecrets(request), ...bodySecrets(response)] : []),
    ...encryptedUserData(request),
  ];
}

/** Whether the bodies of such an exchange hold credentials. */
export function issuesCredentials({ url }: Pick<HttpRequest, 'url'>): boolean {
  return ISSUES_CREDENTIALS.test(pathOf(url));
}

function headerSecrets(headers: Readonly<Record<string, string>>): readonly Secret[] {
  return Object.entries(headers).flatMap(([name, value]): readonly Secret[] => {
    const placeholder = SECRET_HEADERS[name];
    // The suite's own wrong token is known to everybody.
    if (placeholder !== undefined) return value === WRONG_TOKEN ? [] : [{ value, placeholder }];
    if (name === 'authorization' || name === 'proxy-authorization') return authorizationSecrets(value);
    if (name === 'cookie') return redacted(value.split(';').map(cookieValue).filter(isSession));
    if (name === 'set-cookie') return redacted([cookieValue(value)].filter(isSession));
    return [];
  });
}

function redacted(values: readonly string[]): readonly Secret[] {
  return values.map(value => ({ value, placeholder: REDACTED }));
}

/** Access key and signature of a signed request; else what follows the scheme, Basic's password by itself too. */
function authorizationSecrets(header: string): readonly Secret[] {
  const [, accessKey, signature] = /\bAccess=([^,\s]+).*\bSignature=([^,\s]+)/s.exec(header) ?? [];
  if (accessKey !== undefined && signature !== undefined) {
    return [
      { value: accessKey, placeholder: '$FGS_AK' },
      { value: signature, placeholder: SIGNATURE },
    ];
  }
  const [scheme = '', ...rest] = header.trim().split(/\s+/);
  const value = rest.join(' ') || scheme;
  if (scheme.toLowerCase() !== 'basic') return redacted([value]);
  const pair = Buffer.from(value, 'base64').toString();
  return redacted([value, pair.slice(pair.indexOf(':') + 1)]);
}

function cookieValue(cookie: string): string {
  return (cookie.split(';')[0] ?? '').replace(/^[^=]*=/, '').trim();
}

function isSession(value: string): boolean {
  return value.length >= SHORTEST_COOKIE;
}

function bodySecrets(message: HttpRequest | HttpResponse | undefined): readonly Secret[] {
  const body = readJson(message?.body, message?.bodyEncoding);
  return body.kind === 'value' ? redacted(secretMembers(body.value)) : [];
}

/** IAM's bodies are at most so deep. */
const DEPTH = 8;

function secretMembers(value: unknown, depth = DEPTH): readonly string[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap(item => secretMembers(item, depth - 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): readonly string[] => {
    if (typeof member === 'string') return SECRET_MEMBER.test(name) ? [member] : [];
    // {"token": {"id": ...}}: a token in exchange for another one.
    const id = name === 'token' && isObject(member) ? member.id : undefined;
    return [...(typeof id === 'string' ? [id] : []), ...secretMembers(member, depth - 1)];
  });
}

/** What a client asks the service to encrypt is a secret until it is encrypted. */
function encryptedUserData(request: HttpRequest): readonly Secret[] {
  if (request.body?.includes('encrypted_user_data') !== true) return [];
  const body = readJson(request.body, request.bodyEncoding);
  const data = body.kind === 'value' && isObject(body.value) ? body.value.encrypted_user_data : undefined;
  if (typeof data !== 'string' || data === '') return [];
  const members = readJson(data);
  const values = members.kind === 'value' && isObject(members.value) ? Object.values(members.value) : [data];
  return redacted(values.filter(value => typeof value === 'string'));
}

/** At most so many credentials of other exchanges are looked for in each. */
const MOST_REMEMBERED = 100;

/** Remembers credentials, and makes exchanges and texts without them. */
export interface SecretKeeper {
  remember(secrets: readonly Secret[]): void;
  /** For an exchange and what is said of it: its own credentials, and those seen in others. */
  redactionFor(exchange: Exchange): Redaction;
}

export function createSecretKeeper(): SecretKeeper {
  const remembered = new Map<string, Secret>();
  let usual: Redaction | undefined;
  return {
    remember(secrets) {
      for (const secret of secrets) {
        if (remembered.has(secret.value) || secret.placeholder === SIGNATURE) continue;
        remembered.set(secret.value, secret);
        usual = undefined;
        const [oldest] = remembered.keys();
        if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      }
    },
    redactionFor(exchange) {
      const others = secretsIn(exchange).filter(({ value }) => !remembered.has(value));
      if (others.length > 0) return redactionOf([...others, ...remembered.values()]);
      usual ??= redactionOf([...remembered.values()]);
      return usual;
    },
  };
}
