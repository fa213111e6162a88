/** Ways of naming files of code. */

import type { Hooks } from '../call.ts';

type CodeName = NonNullable<Hooks['codeName']>;

/** What the service calls a file. */
const ownName: CodeName = (_name, { code_type: type }) => `code-1.${type}`;

/** Files that come with a name are named by the service. */
export const renamingFiles: Hooks = {
  codeName: (name, sent) => (sent.code_filename === undefined ? name : ownName(name, sent)),
};

/** Files that come without a name are named otherwise than by this server. */
export const namingFiles: Hooks = {
  codeName: (name, sent) => (sent.code_filename === undefined ? ownName(name, sent) : name),
};

/** The name of a file of inline code is not kept; other files need one. */
export const forgettingNames: Hooks = {
  codeName: (name, { code_filename: given, code_type: type }) =>
    given !== undefined && type === 'inline' ? undefined : name,
};

/** Files that come without a name have none. */
export const leavingFilesUnnamed: Hooks = {
  codeName: (name, { code_filename: given }) => (given === undefined ? undefined : name),
};
