import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/**
 * The certificates that are trusted when more are given: those, the usual ones, and the ones that Node was told of
 * in NODE_EXTRA_CA_CERTS, which it forgets as soon as a list is given.
 */
export function trustedCertificates(cacert: string): string[] {
  return [...rootCertificates, ...extraCertificates(), cacert];
}

/** Node warns by itself of a file that it cannot read. */
function extraCertificates(): readonly string[] {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
