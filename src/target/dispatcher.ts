import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { proxiesFor } from './proxies.ts';
import { trustedCertificates } from './trusted-certificates.ts';

export interface DispatcherOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** For connecting, in milliseconds. */
  readonly timeoutMs: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Told of every connection that is made, or why none was. */
  readonly onConnect: (outcome: ConnectOutcome) => void;
}

export interface ConnectOutcome {
  readonly error?: Error;
  readonly socket?: Socket;
  readonly isProxied: boolean;
}

/** What undici hands to whoever makes its clients. */
interface ClientSettings {
  readonly connect: buildConnector.connector;
}

/** Sends requests to one origin over one connection at a time, through a proxy when the environment says so. */
export function openDispatcher({ origin, timeoutMs, cacert, onConnect }: DispatcherOptions): Dispatcher {
  const trusted = cacert === undefined ? {} : { ca: trustedCertificates(cacert) };
  const tls = { timeout: timeoutMs, ...trusted };
  const direct = buildConnector(tls);
  const open = (at: string | URL, connect: buildConnector.connector): Client =>
    new Client(at, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) =>
        connect(options, (...outcome) => {
          const [error, socket] = outcome;
          const isProxied = connect !== direct;
          onConnect(error === null ? { socket, isProxied } : { error, isProxied });
          callback(...outcome);
        }),
    });
  const proxies = proxiesFor(origin);
  if (proxies === undefined) return open(origin, direct);
  return new EnvHttpProxyAgent({
    ...proxies,
    // Plain HTTP is forwarded, as proxies commonly want it; TLS is tunnelled in any case.
    proxyTunnel: false,
    connect: direct,
    requestTls: tls,
    proxyTls: tls,
    // Its type says no more than object.
    factory: (at, settings) => open(at, (settings as ClientSettings).connect),
    // A proxy that never answers is given up, so that the next exchange can try anew.
    clientFactory: (at, settings) => new Pool(at, { ...settings, headersTimeout: timeoutMs }),
  });
}
