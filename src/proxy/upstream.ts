import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { checkCertificate, type Endpoint } from '../target/endpoint.ts';
import { trustedCertificates } from '../target/trusted-certificates.ts';

/** The endpoint that a proxy forwards to. */
export interface Upstream {
  readonly endpoint: Endpoint;
  /** Begins a request; its body is still to be written. Headers are names and values in turn. */
  send(method: string, path: string, headers: readonly string[]): ClientRequest;
  close(): void;
}

/** Servers close idle connections after five seconds or more; a request must not be sent into that. */
const IDLE_MS = 4000;

/** Tokens may be long. */
export const MOST_HEADER_BYTES = 64 * 1024;

/**
 * Opens connections as they are needed, and keeps them alive.
 *
 * @param cacert certificates (PEM) that are trusted besides the usual ones
 * @throws Error when the certificates are not in PEM form
 */
export function openUpstream(endpoint: Endpoint, cacert?: string): Upstream {
  if (cacert !== undefined) checkCertificate(cacert);
  const { protocol, hostname, port } = new URL(endpoint.origin);
  const isTls = protocol === 'https:';
  const kept = { keepAlive: true, timeout: IDLE_MS, noDelay: true };
  const trusted = cacert === undefined ? {} : { ca: trustedCertificates(cacert) };
  const agent = isTls ? new HttpsAgent({ ...kept, ...trusted }) : new HttpAgent(kept);
  const host = hostname.replace(/^\[|\]$/g, '');
  const request = isTls ? httpsRequest : httpRequest;
  return {
    endpoint,
    send: (method, path, headers) =>
      request({ agent, host, port, method, path, headers, maxHeaderSize: MOST_HEADER_BYTES }),
    close: () => agent.destroy(),
  };
}
