import { X509Certificate } from 'node:crypto';
import { UsageError } from '../run/usage-error.ts';
import { readInputFile } from './input-file.ts';

/**
 * Certificates (PEM) that an option names.
 *
 * @throws UsageError when the file cannot be read, or holds none
 */
export async function readCertificates(file: string): Promise<string> {
  const name = `--cacert ${file}`;
  const text = await readInputFile(file, name);
  const certificates =
    text.match(/-----BEGIN [^-]*CERTIFICATE-----[^-]*-----END [^-]*CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0)
    throw new UsageError(
      `${name} holds no certificate: it must begin with -----BEGIN CERTIFICATE----- (PEM).`,
    );
  const broken = certificates.findIndex(each => !isCertificate(each));
  if (broken >= 0) throw new UsageError(`${name}: certificate ${broken + 1} in it is damaged.`);
  return text;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
