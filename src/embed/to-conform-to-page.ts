import { contextSchema } from '../judge/checked.ts';
import type { Finding, Judgement } from '../judge/finding.ts';
import { clauseById } from '../page/catalogue.ts';
import type { Context } from '../page/context.ts';
import { expectArgument } from '../words/arguments.ts';
import { judgementOf } from './judgement-of.ts';

/** What a vitest matcher answers. */
interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an augmentation repeats the type parameters as they are.
  interface Matchers<T = any> {
    /**
     * Passes when no required clause of the page is broken by what was received. That may be
     *
     * - a `Response` of fetch, which can still be read afterwards, or what undici’s `request` answers, whose body
     *   is read: await the expectation
     * - an answer of axios, or `{ status, headers, body }` (`data` and `text` for `body` will do)
     * - what `publishVersion()` of this package answers
     * - an exchange: only then what compares answer and request is checked
     * - the body of a 200 answer: text, bytes, or parsed
     *
     * @param context what is known of the target's state, such as the configuration of the function
     *
     * @example
     * const response = await fetch(url, { method: 'POST', headers, body: '{}' });
     * await expect(response).toConformToPage({ configuration: { timeout: 30 } });
     */
    toConformToPage(
      context?: Context,
    ): T extends
      | { clone(): unknown; readonly bodyUsed: boolean }
      | { readonly statusCode: number; readonly body: { arrayBuffer(): Promise<ArrayBuffer> } }
      ? Promise<void>
      : void;
  }
}

/** The matcher as `expect.extend` takes it. */
export function toConformToPage(received: unknown, context?: Context): Outcome | Promise<Outcome> {
  if (context !== undefined) checkContext(context);
  const judgement = judgementOf(received, context);
  return judgement instanceof Promise ? judgement.then(outcomeOf) : outcomeOf(judgement);
}

const checkContext = expectArgument({
  call: 'toConformToPage',
  name: 'context',
  example: "what is known of the target, such as { function: 'exists' }",
  schema: contextSchema,
});

/** @throws Error when no clause applies: then neither `expect` nor `expect.not` has been shown anything. */
function outcomeOf({ exercised, findings }: Judgement): Outcome {
  if (exercised.length === 0) {
    throw new Error(
      'No clause of "Publishing a Function Version" applies: this is no answer to a publish request, or a gateway’s (429, 502, 503, 504).',
    );
  }
  const pass = findings.every(({ level }) => level !== 'required');
  return { pass, message: () => (pass ? conforming(exercised) : broken(findings)) };
}

function conforming(exercised: readonly string[]): string {
  return `expected a violation of "Publishing a Function Version", but all required ones of ${exercised.length} clauses hold`;
}

function broken(findings: readonly Finding[]): string {
  const told = findings.filter(({ level }) => level !== 'informative');
  return [
    'expected an answer that conforms to "Publishing a Function Version"',
    ...told.map(findingInWords),
  ].join('\n\n');
}

function findingInWords({ clause, level, message, pointer }: Finding): string {
  const { title, source } = clauseById(clause) ?? {};
  const place = source === undefined ? '' : `  (${source.table}, ${source.row})`;
  const where = pointer === undefined ? '' : `\n  at ${pointer}`;
  return `✗ ${clause}  ${level}\n  ${title}${place}\n  ${message}${where}`;
}
