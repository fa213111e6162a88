import type { Reporter, TestCase } from 'vitest/node';
import { ROOT, rememberListeners, sink, viteOptions } from '../run/engine.ts';

/** A file of contracts to run, and what it is told. */
export interface ContractRun {
  /** Without folder and extension: `publishing.contract`. */
  readonly file: string;
  readonly provide: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** What became of the tests of the file. */
export interface ContractRunResult {
  readonly tests: readonly TestCase[];
  /** What failed: `<test>: <message>`, or an error outside of any test. */
  readonly failures: readonly string[];
}

/**
 * Runs one packaged file of contracts with vitest, in a process of its own: Pact prints what it likes and may
 * take the process down.
 *
 * @throws Error when vitest itself cannot start
 */
export async function runContracts({ file, provide, signal }: ContractRun): Promise<ContractRunResult> {
  const { createVitest } = await import('vitest/node');
  const tests: TestCase[] = [];
  const failures: string[] = [];
  const reporter: Reporter = {
    onTestCaseResult(test) {
      tests.push(test);
      const result = test.result();
      if (result.state === 'failed') failures.push(`${test.name}: ${result.errors[0]?.message}`);
    },
    onTestModuleEnd(module) {
      for (const error of module.errors()) failures.push(error.message);
    },
    onTestRunEnd(_modules, unhandled) {
      for (const error of unhandled) failures.push(error.message);
    },
  };
  const exitCode = process.exitCode;
  const restoreListeners = rememberListeners();
  const vitest = await createVitest('test', optionsFor(file, provide, reporter), viteOptions, {
    stdout: sink(),
    stderr: sink(),
  });
  restoreListeners();
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input').catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (signal?.aborted !== true) await vitest.start();
  } finally {
    signal?.removeEventListener('abort', cancel);
    await vitest.close();
    process.exitCode = exitCode;
  }
  return { tests, failures };
}

function optionsFor(file: string, provide: Readonly<Record<string, unknown>>, reporter: Reporter) {
  const isBuilt = import.meta.url.endsWith('.js');
  return {
    root: ROOT,
    config: false as const,
    watch: false,
    run: true,
    include: [`contracts/${file}.${isBuilt ? 'js' : 'ts'}`],
    exclude: [],
    pool: 'forks' as const,
    maxWorkers: 1,
    fileParallelism: false,
    // Before Pact is loaded: it reports its use, and writes its log, unless it is told not to.
    env: { PACT_DO_NOT_TRACK: 'true', LOG_LEVEL: 'error' },
    provide: provide as never, // at the edge: each file declares what it is told
    reporters: [reporter],
    cache: false as const,
    disableConsoleIntercept: true,
    testTimeout: 0,
    hookTimeout: 0,
    api: false,
    server: { deps: { external: isBuilt ? [/./] : [] } },
    // Vite's own loader cannot read paths with these characters.
    ...(/[%#?]/.test(ROOT) ? { experimental: { viteModuleRunner: false, nodeLoader: false } } : {}),
  };
}
