import type { Configuration } from '../../page/configuration.ts';
import type { CODE_TYPES, Runtime } from '../../page/values.ts';
import type { Need } from '../need.ts';
import { zip } from './zip.ts';

export type CodeType = (typeof CODE_TYPES)[number];

const SCRIPT = ['inline', 'zip', 'obs'] as const satisfies readonly CodeType[];
const PACKAGE = ['zip', 'obs'] as const satisfies readonly CodeType[];
const JAVA = ['jar', 'zip', 'obs'] as const satisfies readonly CodeType[];

/** How the code of each runtime can be given. */
export const CODE_TYPES_OF: Readonly<Record<Runtime, readonly CodeType[]>> = {
  Java8: JAVA,
  Java11: JAVA,
  'Node.js6.10': SCRIPT,
  'Node.js8.10': SCRIPT,
  'Node.js10.16': SCRIPT,
  'Node.js12.13': SCRIPT,
  'Node.js14.18': SCRIPT,
  'Node.js16.17': SCRIPT,
  'Node.js18.15': SCRIPT,
  'Python2.7': SCRIPT,
  'Python3.6': SCRIPT,
  'Python3.10': SCRIPT,
  'Go1.x': PACKAGE,
  'C#(.NET Core 2.1)': PACKAGE,
  'C#(.NET Core 3.1)': PACKAGE,
  Custom: PACKAGE,
  'PHP7.3': SCRIPT,
  'Python3.9': SCRIPT,
  http: PACKAGE,
  'Custom Image': ['Custom-Image-Swr'],
};

/** What a code type needs; the others need nothing. */
export const NEED_OF_CODE_TYPE: Readonly<Partial<Record<CodeType, Need>>> = {
  obs: 'obs_package',
  'Custom-Image-Swr': 'image',
};

interface SourceFile {
  readonly name: string;
  /** Source text that does nothing, with the nonce in a comment or a string. */
  readonly text: (nonce: string) => string;
}

const SOURCES: readonly (readonly [RegExp, SourceFile])[] = [
  [
    /^Node/,
    {
      name: 'index.js',
      text: nonce => `exports.handler = async () => ({ nonce: ${JSON.stringify(nonce)} });\n`,
    },
  ],
  [
    /^Python/,
    {
      name: 'index.py',
      text: nonce =>
        `# -*- coding: utf-8 -*-\ndef handler(event, context):\n    return ${JSON.stringify(nonce)}\n`,
    },
  ],
  [
    /^PHP/,
    {
      name: 'index.php',
      text: nonce => `<?php\nfunction handler($event, $context) { return ${JSON.stringify(nonce)}; }\n`,
    },
  ],
];

function sourceOf(runtime: Runtime): SourceFile {
  const script = SOURCES.find(([family]) => family.test(runtime))?.[1];
  return script ?? { name: 'bootstrap', text: nonce => `#!/bin/sh\n# ${nonce}\n` };
}

/** The members of a configuration that carry its code. */
export type CodeMembers = Pick<Configuration, 'code_type' | 'code_url' | 'code_filename' | 'func_code'>;

/**
 * Code for a runtime, given in one of the ways that the runtime knows.
 *
 * @param nonce letters, digits and dashes that make the code unlike any other
 */
export function codeMembers(runtime: Runtime, codeType: CodeType, nonce: string): CodeMembers {
  const { name, text } = sourceOf(runtime);
  switch (codeType) {
    case 'inline':
      return { code_type: codeType, func_code: { file: Buffer.from(text(nonce)).toString('base64') } };
    case 'zip':
    case 'jar': {
      const file = codeType === 'jar' ? 'META-INF/MANIFEST.MF' : name;
      const content = codeType === 'jar' ? `Manifest-Version: 1.0\nNonce: ${nonce}\n` : text(nonce);
      return {
        code_type: codeType,
        code_filename: `code.${codeType}`,
        func_code: { file: zip(file, content).toString('base64') },
      };
    }
    case 'obs':
      return { code_type: codeType, code_url: `https://code.obs.region.example.com/${nonce}.zip` };
    case 'Custom-Image-Swr':
      return { code_type: codeType };
  }
}
