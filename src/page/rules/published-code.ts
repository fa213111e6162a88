import { createHash } from 'node:crypto';
import { broken, held, type Rule } from '../clause.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';

/** The bytes of the code that was uploaded, when the context tells. */
function uploadedCode(view: PublishedView): Buffer | undefined {
  const file = view.configured?.func_code?.file;
  return file === undefined ? undefined : Buffer.from(file, 'base64');
}

/** Clauses by which a version reports the code that was uploaded. */
export const codeRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.digest.code',
    subject: 'body.digest',
    level: 'recommended',
    title: 'digest is the SHA-512 of the code that was uploaded',
    source: { table: 'Table 4', row: 'digest' },
    when: 'every 200 answer for a function whose code the suite uploaded',
    check: view => {
      const code = uploadedCode(view);
      if (code === undefined || view.body.digest === undefined) return null;
      const expected = createHash('sha512').update(code).digest('hex');
      if (view.body.digest.toLowerCase() === expected) return held;
      return broken(`digest is ${inWords(view.body.digest)}; the code has ${expected}`, '/digest');
    },
  },
  {
    id: 'body.code_size.code',
    subject: 'body.code_size',
    level: 'recommended',
    title: 'code_size is the number of bytes of the code that was uploaded',
    source: { table: 'Table 4', row: 'code_size' },
    when: 'every 200 answer for a function whose code the suite uploaded',
    check: view => {
      const code = uploadedCode(view);
      if (code === undefined || view.body.code_size === undefined) return null;
      if (view.body.code_size === code.length) return held;
      return broken(`code_size is ${view.body.code_size}; the code has ${code.length} bytes`, '/code_size');
    },
  },
];
