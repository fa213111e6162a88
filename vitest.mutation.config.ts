import { defineConfig } from 'vitest/config';

/** The fast unit tests of what `npm run test:mutation` mutates. */
export default defineConfig({
  test: {
    include: [
      'src/{judge,verdict}/*.test.ts',
      'src/page/catalogue.test.ts',
      'src/page/{rules,conditions}/*.test.ts',
    ],
    // What modules do when they are loaded is not mutated, so one load does for all.
    isolate: false,
  },
});
