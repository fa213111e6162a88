/** The reference server for "Publishing a Function Version", and the operations that arrange functions for it. */

export { type Dress, dresses } from './dresses/index.ts';
export { type Fault, faults } from './faults/index.ts';
export type { MockOptions } from './options.ts';
export { type MockServer, startMock } from './server.ts';
