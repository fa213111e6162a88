import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Reporter } from 'vitest/node';
import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { type EvidenceData, mergeEvidence } from '../verdict/evidence.ts';
import { withRacesInDoubt } from './races.ts';
import type { Watcher } from './run-options.ts';
import type { RunSettings } from './settings.ts';

/** What the properties saw, and what stood in their way. */
export interface PropertiesOutcome {
  readonly evidence: EvidenceData;
  /** Every exchange, when the settings say that they are kept. */
  readonly exchanges: readonly Exchange[];
  /** Why no function could be published. */
  readonly obstacle?: string;
  /** Why the run stopped before everything was exercised. */
  readonly shortfall?: string;
  /** The suite itself failed: a property threw something else than a verdict. */
  readonly failures: readonly string[];
  readonly wasInterrupted: boolean;
}

export interface EngineOptions {
  readonly settings: RunSettings;
  /** The books of the run. */
  readonly ledger: SharedArrayBuffer;
  /** `I/N` */
  readonly shard?: string;
  readonly watcher?: Watcher;
  readonly signal: AbortSignal;
}

/** The folder that holds `properties/`: the package's build when it is built, its sources under vitest. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Listeners of the process that vitest adds, and that would end it behind the caller's back. */
const VITEST_LISTENS_TO = ['SIGINT', 'SIGTERM', 'exit', 'unhandledRejection'] as const;

/**
 * Runs the packaged properties with vitest, side by side in one worker that shares one session.
 *
 * @throws Error when vitest itself cannot start.
 */
export async function runProperties(options: EngineOptions): Promise<PropertiesOutcome> {
  const { watcher, signal } = options;
  const { createVitest } = await import('vitest/node');
  const collector = createCollector(watcher);
  const exitCode = process.exitCode;
  const restoreListeners = rememberListeners();
  const vitest = await createVitest('test', optionsFor(options, collector), viteOptions, {
    stdout: sink(),
    stderr: sink(),
  });
  restoreListeners();
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input').catch(() => undefined);
  collector.whenReady(() => {
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    if (!signal.aborted) await vitest.start();
  } finally {
    signal.removeEventListener('abort', cancel);
    await vitest.close();
    // vitest sets it to 1 when a property fails; what a run is worth is said by its verdict.
    process.exitCode = exitCode;
  }
  return collector.outcome(signal.aborted);
}

/** vite without files, servers and talk of its own. */
export const viteOptions = {
  logLevel: 'silent',
  clearScreen: false,
  envDir: false,
  css: { postcss: {} },
  server: { ws: false, hmr: false, watch: null },
} as const;

function optionsFor({ settings, ledger, shard = '1/1' }: EngineOptions, collector: Collector) {
  const isBuilt = import.meta.url.endsWith('.js');
  return {
    root: ROOT,
    config: false as const,
    watch: false,
    run: true,
    // One module: vitest runs tests of different modules in one worker one after the other.
    include: [`properties/all.${isBuilt ? 'js' : 'ts'}`],
    exclude: [],
    pool: 'threads' as const,
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    // Which go on at the same time is up to the session.
    maxConcurrency: 1000,
    provide: { run: settings, ledger, shard },
    reporters: [collector.reporter],
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

/** Takes what vitest prints. */
export function sink(): Writable & { isTTY?: boolean } {
  return new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
}

/** Takes off the listeners that were added since. */
export function rememberListeners(): () => void {
  const before = new Map(
    VITEST_LISTENS_TO.map(event => [event, new Set(process.listeners(event as 'exit'))]),
  );
  return () => {
    for (const [event, known] of before) {
      for (const listener of process.listeners(event as 'exit')) {
        if (!known.has(listener)) process.off(event, listener);
      }
    }
  };
}

const informative = new Set(clauses.filter(({ level }) => level === 'informative').map(({ id }) => id));

function brokenIn({ clauses: seen }: EvidenceData): readonly string[] {
  return Object.entries(seen).flatMap(([id, { violations }]) =>
    violations > 0 && !informative.has(id) ? [id] : [],
  );
}

interface Collector {
  readonly reporter: Reporter;
  whenReady(then: () => void): void;
  outcome(wasInterrupted: boolean): PropertiesOutcome;
}

/** What a property saw. Properties end in any order, and are reported in that of their numbers. */
interface Part extends Pick<PropertiesOutcome, 'evidence' | 'exchanges' | 'obstacle' | 'shortfall'> {
  readonly number: number;
}

function createCollector(watcher: Watcher | undefined): Collector {
  const parts: Part[] = [];
  const failures: string[] = [];
  const failing = new Set<string>();
  let onReady: (() => void) | undefined;
  let ended = '';
  const reporter: Reporter = {
    onTestModuleQueued() {
      onReady?.();
      onReady = undefined;
    },
    onTestCaseAnnotate(test, annotation) {
      if (annotation.type === 'progress')
        watcher?.onProgress?.(test.name, Number(annotation.message), [...failing]);
    },
    onTestCaseResult(test) {
      const { number = 0, evidence, exchanges = [], bug, ...rest } = test.meta();
      if (evidence !== undefined) {
        parts.push({ ...rest, number, evidence, exchanges });
        for (const id of brokenIn(evidence)) failing.add(id);
        watcher?.onEnded?.(test.name, test.diagnostic()?.duration ?? 0, evidence.exchanges);
      }
      if (bug !== undefined) failures.push(`${test.name}: ${bug}`);
    },
    onTestModuleEnd(module) {
      for (const error of module.errors()) failures.push(error.message);
    },
    onTestRunEnd(_modules, unhandled, reason) {
      ended = reason;
      for (const error of unhandled) failures.push(error.message);
    },
  };
  return {
    reporter,
    whenReady(then) {
      onReady = then;
    },
    outcome: wasInterrupted => {
      const inOrder = parts.toSorted((left, right) => left.number - right.number);
      const obstacle = inOrder.find(part => part.obstacle !== undefined)?.obstacle;
      const shortfall = inOrder.find(part => part.shortfall !== undefined)?.shortfall;
      return {
        evidence: withRacesInDoubt(mergeEvidence(inOrder.map(part => part.evidence))),
        exchanges: inOrder.flatMap(part => part.exchanges),
        ...(obstacle === undefined ? {} : { obstacle }),
        ...(shortfall === undefined ? {} : { shortfall }),
        failures,
        wasInterrupted: wasInterrupted || ended === 'interrupted',
      };
    },
  };
}
