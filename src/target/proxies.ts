import type { Secret } from './redaction.ts';

/** The proxies that the environment names, as undici takes them. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The proxies for requests to an origin, by HTTP_PROXY and HTTPS_PROXY (in capitals or not); `undefined` when
 * there are none. The machine itself is never asked through a proxy; for other hosts, undici heeds NO_PROXY.
 *
 * @throws Error when a proxy is no http or https URL
 */
export function proxiesFor(origin: string): Proxies | undefined {
  const http = proxyIn('HTTP_PROXY');
  const https = proxyIn('HTTPS_PROXY');
  if ((http === undefined && https === undefined) || LOOPBACK.test(new URL(origin).hostname))
    return undefined;
  return { httpProxy: http?.href ?? '', httpsProxy: https?.href ?? '' };
}

/** The passwords of the proxies: a proxy may echo them in its own answers. */
export function proxySecrets(): readonly Secret[] {
  return [proxyIn('HTTP_PROXY'), proxyIn('HTTPS_PROXY')].flatMap(proxy => {
    if (proxy === undefined || proxy.password === '') return [];
    return [{ value: decodeURIComponent(proxy.password), placeholder: '[proxy password]' }];
  });
}

function proxyIn(name: 'HTTP_PROXY' | 'HTTPS_PROXY'): URL | undefined {
  const given = process.env[name.toLowerCase()] || process.env[name];
  if (given === undefined || given === '') return undefined;
  const text = given.includes('://') ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    // It may hold a password: it is not shown.
    throw new Error(`The proxy in ${name} is no http or https URL.`);
  }
  return url;
}
