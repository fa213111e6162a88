/** A mock server in a process of its own, in which one module is another one: what a mutant is run as. */

import { register } from 'node:module';

/** A loader that gives the changed module. */
const LOADER = `
let mutant;
export function initialize(given) { mutant = given; }
export function load(url, context, next) {
  if (url !== mutant.url) return next(url, context);
  return { format: 'module', source: mutant.source, shortCircuit: true };
}`;

process.once('message', (given: { readonly mutant: object; readonly options: object }) => {
  register(`data:text/javascript,${encodeURIComponent(LOADER)}`, { data: given.mutant });
  void import('../../src/mock/index.ts')
    .then(({ startMock }) => startMock(given.options))
    .then(
      ({ url, statesUrl }) => process.send?.({ url, statesUrl }),
      () => process.exit(1),
    );
});
// Whoever wants it ends with it.
process.once('disconnect', () => process.exit(0));
