import type { Configuration } from '../page/configuration.ts';
import { takes } from './_internals/arguments.ts';
import { codeMembers } from './_internals/code.ts';

/**
 * The smallest configuration, which every service accepts: inline Node.js code, 128 MB, 30 s.
 *
 * @param name the name of the function
 * @param nonce letters, digits and dashes that make the code unlike any other
 */
export function plainConfiguration(name: string, nonce: string): Configuration {
  takes.name(name);
  takes.nonce(nonce);
  return {
    func_name: name,
    package: 'default',
    runtime: 'Node.js16.17',
    timeout: 30,
    handler: 'index.handler',
    memory_size: 128,
    ...codeMembers('Node.js16.17', 'inline', nonce),
  };
}
