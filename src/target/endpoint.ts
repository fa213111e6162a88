import { X509Certificate } from 'node:crypto';

/** An endpoint, read at the door. */
export interface Endpoint {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The path that all others are below; empty for most. */
  readonly base: string;
  /** As the `Host` header has it. */
  readonly host: string;
}

/**
 * Reads an endpoint.
 *
 * @param name what it is called in errors
 * @example readEndpoint('https://gateway.example.com/functions/').base // '/functions'
 * @throws Error when it is no absolute http or https URL, or carries more than a path
 */
export function readEndpoint(text: string, name = 'endpoint'): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(`The ${name} ${JSON.stringify(text)} is no http or https URL.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error(`The ${name} holds a user name or a password; give credentials as options instead.`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Error(
      `The ${name} ${url.origin}${url.pathname} is followed by a query or a fragment; paths are put below it.`,
    );
  }
  return { origin: url.origin, base: url.pathname.replace(/\/+$/, ''), host: url.host };
}

/** @throws Error when the text is no certificate in PEM. */
export function checkCertificate(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw new Error('The CA certificate is not in PEM form.');
  }
}
