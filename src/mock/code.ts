import { createHash } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import { refusal } from './refusals.ts';

/** The code of a function, as far as anything is reported of it. */
export interface Code {
  /** SHA-512, lower-case hexadecimal. */
  readonly digest: string;
  /** MD5, lower-case hexadecimal: the digest of a publish request. */
  readonly md5: string;
  /** Bytes. */
  readonly size: number;
  /** The base64 that was uploaded; `undefined` for code that is elsewhere, or too much to be kept. */
  readonly file: string | undefined;
  /** Where code is that is elsewhere. */
  readonly link: string | undefined;
}

/** Code up to this many characters of base64 can be read again. */
const KEPT_CHARACTERS = 64 * 1024;

const INLINE_LIMIT_BYTES = 10 * 1024;
const PACKAGE_LIMIT_BYTES = 50 * 1024 * 1024;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * The code in a configuration: what `func_code.file` decodes to. Code that is elsewhere (an OBS object, a
 * link, an image) has no bytes here; its address stands for it in the digests.
 *
 * @throws a refusal: 400 when the file is not base64, 413 when it is too large
 */
export function codeIn({ func_code, code_type, code_url, custom_image }: Partial<Configuration>): Code {
  const file = func_code?.file;
  if (file === undefined) {
    const link = func_code?.link ?? code_url ?? custom_image?.image;
    return { ...digestsOf(Buffer.from(link ?? '')), size: 0, file, link };
  }
  if (!BASE64.test(file)) throw refusal(400, 'FSS.1011', 'func_code.file is not base64');
  const bytes = Buffer.from(file, 'base64');
  if (code_type === 'inline' && bytes.length > INLINE_LIMIT_BYTES) {
    throw refusal(413, 'FSS.1072', `Inline code has ${bytes.length} bytes; documented: at most 10 KB`);
  }
  if (bytes.length > PACKAGE_LIMIT_BYTES) {
    throw refusal(413, 'FSS.1071', `The package has ${bytes.length} bytes; documented: at most 50 MB`);
  }
  const kept = file.length > KEPT_CHARACTERS ? undefined : file;
  return { ...digestsOf(bytes), size: bytes.length, file: kept, link: undefined };
}

function digestsOf(bytes: Buffer): Pick<Code, 'digest' | 'md5'> {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  return { digest: digest('sha512'), md5: digest('md5') };
}
