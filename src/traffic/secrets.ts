/** Finding the credentials in recorded exchanges, and taking them out of what is stored and printed. */

import { readJson } from '../judge/read-exchange.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { pathOf } from '../page/operations.ts';
import { type Redaction, redactionOf } from '../target/capture.ts';
import { WRONG_TOKEN } from '../target/credentials.ts';
import type { Secret } from '../target/redaction.ts';
import { isSecretName, mayNameSecrets, secretParameters } from '../target/secret-names.ts';
import { ACCESS_KEY, ENCRYPTED } from './named-secrets.ts';

const TOKEN = '$FGS_TOKEN';
const REDACTED = '[redacted]';

/** Each request has another one, which only its own answer can echo. */
const SIGNATURE = '[signature]';

/** Headers of this API that hold one secret value. */
const SECRET_HEADERS: Readonly<Record<string, string>> = {
  'x-auth-token': TOKEN,
  'x-subject-token': TOKEN,
  'x-security-token': REDACTED,
};

/** Under a name that only sounds like one, a shorter value is rather a setting than a credential. */
const SHORTEST = 8;

/** Paths at which tokens and temporary keys are given out. */
const ISSUES_CREDENTIALS = /\/auth\/tokens$|\/OS-CREDENTIAL\/|\/securitytokens$/i;

/** The credentials that an exchange shows, each with what stands in for it. */
export function secretsIn({ request, response }: Exchange): readonly Secret[] {
  const { headers = {} } = response ?? {};
  return [
    ...redacted(userInfoIn(request.url)),
    ...redacted(secretParameters(request.url)),
    ...headerSecrets(request.headers),
    ...headerSecrets(headers),
    ...redacted([...bodySecrets(request), ...bodySecrets(response)]),
    ...quotedSecrets(textOf(response)),
  ];
}

/** Whether the bodies of such an exchange hold credentials. */
export function issuesCredentials({ url }: Pick<HttpRequest, 'url'>): boolean {
  return ISSUES_CREDENTIALS.test(pathOf(url));
}

/** The password of a URL, or the user name that stands there alone. */
function userInfoIn(url: string): readonly string[] {
  const [, user = '', password] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@:]*)(?::([^/?#@]*))?@/i.exec(url) ?? [];
  return [password ?? user].filter(value => value !== '');
}

function redacted(values: readonly string[]): readonly Secret[] {
  return values.map(value => ({ value, placeholder: REDACTED }));
}

function headerSecrets(headers: Readonly<Record<string, string>>): readonly Secret[] {
  return Object.entries(headers).flatMap(([name, value]): readonly Secret[] => {
    // The suite's own wrong token is known to everybody.
    if (value === WRONG_TOKEN) return [];
    const placeholder = SECRET_HEADERS[name];
    if (placeholder !== undefined) return [{ value, placeholder }];
    if (name === 'authorization' || name === 'proxy-authorization') return authorizationSecrets(value);
    if (name === 'cookie') return cookieSecrets(value.split(';'));
    // Several are joined; a date in one of them has a comma of its own.
    if (name === 'set-cookie') return cookieSecrets(value.split(/,(?=\s*[^;,=\s]+=)/));
    if (!isSecretName(name)) return redacted([...userInfoIn(value), ...secretParameters(value)]);
    const bare = value.replace(/^(?:bearer|basic|token|apikey)\s+/i, '');
    return redacted([...new Set([value, bare])].filter(each => each.length >= SHORTEST));
  });
}

/** Access key and signature of a signed request; else what follows the scheme, Basic's password by itself too. */
function authorizationSecrets(header: string): readonly Secret[] {
  const [, accessKey, signature] =
    /\b(?:Access|Credential)=([^,/\s]+).*\bSignature=([^,\s]+)/s.exec(header) ?? [];
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

/** What an answer quotes of an Authorization header, this request's or another one's. */
function quotedSecrets(text: string): readonly Secret[] {
  const signed = /\bSignature=/.test(text) ? (/[^"\r\n]*\bSignature=[\w+/=%-]+/.exec(text) ?? []) : [];
  const bearers = [...text.matchAll(/\bBearer\s+([\w.~+/-]{8,}=*)/gi)].map(([, token = '']) => token);
  return [
    ...signed.filter(each => /\b(?:Access|Credential)=/.test(each)).flatMap(authorizationSecrets),
    ...redacted(bearers),
  ];
}

/** Under any other name, a cookie that is shorter is rather a language or a region than a session. */
const SHORTEST_COOKIE = 20;

/** The credentials in cookies, each `name=value` and what may follow. */
export function cookieSecrets(cookies: readonly string[]): readonly Secret[] {
  return redacted(
    cookies.flatMap(cookie => {
      const [, name = '', value = ''] = /^\s*([^=;]*)=\s*"?([^;"]*)/.exec(cookie) ?? [];
      const shortest = isSecretName(name) || /sid|sess|auth/i.test(name) ? 1 : SHORTEST_COOKIE;
      return value.trim().length >= shortest ? [value.trim()] : [];
    }),
  );
}

function bodySecrets(message: HttpRequest | HttpResponse | undefined): readonly string[] {
  const text = textOf(message);
  const parameters = secretParameters(text);
  if (!mayNameSecrets(text) && !text.includes(ENCRYPTED)) return parameters;
  const body = readJson(text);
  return body.kind === 'value' ? [...parameters, ...secretMembers(body.value)] : parameters;
}

function textOf(message: HttpRequest | HttpResponse | undefined): string {
  const { body = '', bodyEncoding } = message ?? {};
  return bodyEncoding === undefined ? body : Buffer.from(body, bodyEncoding).toString('latin1');
}

/** Bodies are at most so deep, JSON in a string of JSON included. */
const DEPTH = 8;

function secretMembers(value: unknown, depth = DEPTH): readonly string[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap(item => secretMembers(item, depth - 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): readonly string[] => {
    if (typeof member === 'string') return secretsInText(name, member, depth);
    // {"token": {"id": ...}}: a token in exchange for another one.
    const id = name === 'token' && isObject(member) ? member.id : undefined;
    if (name === ENCRYPTED) return valuesIn(JSON.stringify(member));
    return [...(typeof id === 'string' ? [id] : []), ...secretMembers(member, depth - 1)];
  });
}

function secretsInText(name: string, text: string, depth: number): readonly string[] {
  if (name === ENCRYPTED) return valuesIn(text);
  if (isSecretName(name) || name === ACCESS_KEY) return [text];
  return text.startsWith('{') && mayNameSecrets(text) ? secretMembers(jsonIn(text), depth - 1) : [];
}

/** The texts in what is encrypted, which is an object most often. */
function valuesIn(text: string): readonly string[] {
  const members = jsonIn(text);
  const values = isObject(members) ? Object.values(members) : [text];
  return values.filter(value => typeof value === 'string' && value !== '').map(String);
}

function jsonIn(text: string): unknown {
  const json = readJson(text);
  return json.kind === 'value' ? json.value : undefined;
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
