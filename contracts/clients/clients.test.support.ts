/** Clients that others wrote: how each is built, and how it can say who it is. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonBuild, type ToolCommand } from '../other-programs.test.support.ts';

/** How a client says who it is. `project` is a key without a project, which is asked of IAM. */
export type CredentialsKind = 'key' | 'project' | 'login' | 'token';

export interface Client {
  /** The folder of its program, beside this file. */
  readonly name: string;
  /** Commands without which it cannot be built. */
  readonly toolchain: readonly string[];
  /** Run in a copy of its folder, one after the other. */
  readonly build: readonly ToolCommand[];
  readonly run: ToolCommand;
  readonly credentials: readonly CredentialsKind[];
}

const python = (name: string, credentials: readonly CredentialsKind[]): Client => ({
  name,
  toolchain: ['python3'],
  build: pythonBuild,
  run: ['environment/bin/python', 'client.py'],
  credentials,
});

const go = (name: string, credentials: readonly CredentialsKind[]): Client => ({
  name,
  toolchain: ['go'],
  build: [['go', 'build', '-o', 'client', '.']],
  run: ['./client'],
  credentials,
});

/** Where the programs are. */
export const CLIENTS_FOLDER = fileURLToPath(new URL('.', import.meta.url));

export const clients: readonly Client[] = [
  {
    name: 'javascript',
    toolchain: [],
    build: [],
    // Its SDK is a dependency of this project's tests.
    run: [process.execPath, join(CLIENTS_FOLDER, 'javascript', 'client.mjs')],
    credentials: ['key'],
  },
  python('python', ['key', 'project']),
  python('otcextensions', ['login']),
  go('go', ['key']),
  go('golangsdk', ['key', 'login', 'token']),
  go('gophertelekomcloud', ['key', 'login', 'token']),
  {
    name: 'java',
    toolchain: ['mvn', 'java'],
    build: [['mvn', '--batch-mode', '--quiet', 'package']],
    run: ['java', '-cp', 'target/client-1.jar:target/dependency/*', 'Client'],
    credentials: ['key'],
  },
];
