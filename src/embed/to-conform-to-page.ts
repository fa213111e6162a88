import type { Finding, Judgement } from '../judge/finding.ts';
import { clauseById } from '../page/catalogue.ts';
import type { Context } from '../page/context.ts';
import { isFetchedResponse, judgementOfResponse, judgementOfValue } from './judgement-of.ts';

/** What a vitest matcher answers. */
interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an augmentation repeats the type parameters as they are.
  interface Matchers<T = any> {
    /**
     * Passes when no required clause of the page is broken by what was received: a fetch `Response` (without its
     * request, so what compares the two is not checked; await it), an exchange, or the body of a 200 answer as
     * text or parsed.
     *
     * @param context what is known of the target's state, such as the configuration of the function
     *
     * @example
     * const response = await fetch(url, { method: 'POST', headers, body: '{}' });
     * await expect(response).toConformToPage({ configuration: { timeout: 30 } });
     */
    toConformToPage(
      context?: Context,
    ): T extends { clone(): unknown; readonly bodyUsed: boolean } ? Promise<void> : void;
  }
}

/** The matcher as `expect.extend` takes it. */
export function toConformToPage(received: unknown, context?: Context): Outcome | Promise<Outcome> {
  return isFetchedResponse(received)
    ? judgementOfResponse(received, context).then(outcomeOf)
    : outcomeOf(judgementOfValue(received, context));
}

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
  return ['expected an answer that conforms to "Publishing a Function Version"', ...told.map(inWords)].join(
    '\n\n',
  );
}

function inWords({ clause, level, message, pointer }: Finding): string {
  const { title, source } = clauseById(clause) ?? {};
  const place = source === undefined ? '' : `  (${source.table}, ${source.row})`;
  const where = pointer === undefined ? '' : `\n  at ${pointer}`;
  return `✗ ${clause}  ${level}\n  ${title}${place}\n  ${message}${where}`;
}
