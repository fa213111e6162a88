/** What credentials are called where they travel: in headers, queries, cookies and JSON. */

const SECRET_WORDS =
  /token|secret|passw|passcode|passphrase|signature|session|credential|cookie|csrf|xsrf|jwt|api[-_]?key|access[-_]?key|(?:private|subscription|auth)[-_]?key|app[-_]?(?:code|key)|cftk|client[-_]?cert/i;

const SECRET_NAMES: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'auth',
  'dpop',
  'pwd',
  'sid',
  'sig',
  'sign',
  'ak',
  'sk',
]);

/** Whether a value under this name is a credential, by the name alone. */
export function isSecretName(name: string): boolean {
  // What a browser may do with credentials is none.
  if (/^access-control-/i.test(name)) return false;
  return SECRET_WORDS.test(name) || SECRET_NAMES.has(name.toLowerCase());
}

/** Whether a text may have a member of JSON under such a name. */
export function mayNameSecrets(text: string): boolean {
  return SECRET_WORDS.test(text) || /pwd/i.test(text);
}

/** All that signs a URL; when it ends is no secret. */
const SIGNS_URL = /^x-(?:amz|obs|goog|oss)-(?!expires$|date$)/i;

function isSecretParameter(name: string): boolean {
  return isSecretName(name) || SIGNS_URL.test(name);
}

/**
 * A parameter of a query, wherever it stands: in a URL, in a URL within a JSON text, in a parameter of another
 * URL. What separates and ends it may be escaped as JSON, HTML and URLs have it.
 */
const PARAMETER =
  /(^|[?&;#]|%3F|%26|%23|\\u0026|\\u003f)([A-Za-z0-9_.~-]{1,64})(=|%3D|\\u003d)((?:(?!%26|%23|\\u0026)[^&#\s"'<>\\;,…])*)/gi;

/** Most texts have none: then they are not searched. */
function mayHoldParameter(text: string): boolean {
  return /=|%3D|\\u003d/i.test(text) && /[?&#]|%3F|%26|%23|\\u0026|\\u003f/i.test(text);
}

/** The values of secret parameters in a text, as they stand there and decoded. */
export function secretParameters(text: string): readonly string[] {
  if (!mayHoldParameter(text)) return [];
  return [...text.matchAll(PARAMETER)].flatMap(([, , name = '', , value = '']) => {
    // The date and the algorithm of a signature are no secrets by themselves.
    if (!isSecretName(name)) return secretParameters(value);
    const decoded = decode(value);
    return decoded === value ? [value] : [value, decoded];
  });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The text with what stands in for the values of its secret parameters. */
export function withoutSecretParameters(text: string): string {
  if (!mayHoldParameter(text)) return text;
  return text.replace(PARAMETER, (whole, before: string, name: string, equals: string, value: string) => {
    if (value === '' || value.startsWith('$FGS_')) return whole;
    const left = isSecretParameter(name) ? '[redacted]' : withoutSecretParameters(value);
    return `${before}${name}${equals}${left}`;
  });
}
