import { defineConfig } from 'vitest/config';

/** How tests run that start Pact's own servers. */
const withPact = {
  globalSetup: ['contracts/pact-folder.ts'],
  // Pact's mock server counts requests beside answering them: on a busy machine it counts late.
  fileParallelism: false,
  pool: 'forks',
  env: { PACT_DO_NOT_TRACK: 'true', LOG_LEVEL: 'error' },
  testTimeout: 240_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 1 },
          // Half of the tests wait for processes of their own.
          maxWorkers: 2,
          include: ['src/**/*.test.ts', 'fixtures/**/*.test.ts', 'properties/**/*.test.ts'],
          exclude: [
            '**/*.browser.test.ts',
            '**/*.package.test.ts',
            '**/*.endurance.test.ts',
            '**/*.long.test.ts',
          ],
          benchmark: { include: ['src/**/*.bench.ts'] },
          testTimeout: 180_000,
        },
      },
      {
        test: {
          // The built command line against targets that hang, drip, flood and die: `npm run test:endurance`.
          name: 'endurance',
          sequence: { groupOrder: 4 },
          // They mostly wait.
          maxWorkers: 2,
          include: ['src/**/*.endurance.test.ts'],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          // Needs Debian's chromium, or CHROMIUM: `npm run test:browser`.
          name: 'browser',
          sequence: { groupOrder: 5 },
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 180_000,
        },
      },
      {
        test: {
          // Installs the packed package elsewhere, which takes a registry: `npm run test:package`.
          name: 'package',
          sequence: { groupOrder: 6 },
          maxWorkers: 2,
          include: ['src/**/*.package.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'contracts',
          sequence: { groupOrder: 2 },
          include: ['contracts/*.contract.ts', 'contracts/**/*.test.ts'],
          exclude: ['contracts/broker*.test.ts', 'contracts/{clients,generators,mocks,schemas}/**'],
          ...withPact,
        },
      },
      {
        test: {
          // Generate, publish, verify, ask, with the real Pact CLI against a double of a broker: `npm run test:endurance`.
          name: 'broker',
          sequence: { groupOrder: 7 },
          include: ['contracts/broker*.test.ts'],
          ...withPact,
        },
      },
      {
        test: {
          // The mock server under load, and like servers of every sort, for an hour or so: `npm run test:long`.
          name: 'long',
          sequence: { groupOrder: 9 },
          include: ['src/**/*.long.test.ts', 'properties/**/*.long.test.ts'],
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          // Clients that others wrote, which takes their toolchains and registries: `npm run test:clients`.
          name: 'clients',
          sequence: { groupOrder: 8 },
          include: ['contracts/clients/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        test: {
          // Mock servers, generators and validators that others wrote, which takes registries:
          // `npm run test:mocks`.
          name: 'mocks',
          sequence: { groupOrder: 10 },
          include: ['contracts/{generators,mocks,schemas}/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'properties',
          sequence: { groupOrder: 3 },
          // One module with one session, and all of it side by side, as in a run.
          include: ['properties/all.ts'],
          maxConcurrency: 1000,
          globalSetup: ['properties/mock-target.ts'],
          pool: 'threads',
        },
      },
    ],
  },
});
