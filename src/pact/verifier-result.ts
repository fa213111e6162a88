import { isObject, jsonObjectIn } from '../page/formats.ts';

/** What Pact's verifier says of one interaction. */
export interface VerifierFinding {
  /** Ends in the description of the interaction. */
  readonly interaction: string;
  /** What differs, a sentence each. */
  readonly mismatches: readonly string[];
}

/** What Pact's verifier came to. */
export interface VerifierResult {
  /** In the order in which it went through them. */
  readonly interactions: readonly { readonly description: string; readonly isOk: boolean }[];
  readonly errors: readonly VerifierFinding[];
  /** Of pacts and interactions that do not count yet. */
  readonly pendingErrors: readonly VerifierFinding[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
}

/** Reads the verifier's result; `undefined` when the text is none, but says why it could not run. */
export function verifierResultIn(text: string): VerifierResult | undefined {
  const result = jsonObjectIn(text);
  if (result === undefined || !Array.isArray(result.interactionResults)) return undefined;
  return {
    interactions: result.interactionResults.flatMap((each: unknown) =>
      isObject(each) ? [{ description: String(each.description), isOk: each.result === 'OK' }] : [],
    ),
    errors: findingsIn(result.errors),
    pendingErrors: findingsIn(result.pendingErrors),
    notices: noticesIn(result.notices),
  };
}

function findingsIn(errors: unknown): readonly VerifierFinding[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown): VerifierFinding[] => {
    if (!isObject(error) || typeof error.interaction !== 'string') return [];
    return [{ interaction: error.interaction, mismatches: mismatchesIn(error.mismatch) }];
  });
}

function mismatchesIn(mismatch: unknown): readonly string[] {
  if (!isObject(mismatch)) return [];
  if (!Array.isArray(mismatch.mismatches)) return [String(mismatch.message ?? 'it failed')];
  return mismatch.mismatches.flatMap((each: unknown): string[] =>
    isObject(each) ? [mismatchInWords(each)] : [],
  );
}

/** `$.memory_size: Expected 129 to match '^(?:128|...)$'` */
function mismatchInWords({ path, mismatch }: Record<string, unknown>): string {
  const told = String(mismatch ?? 'it differs');
  return typeof path === 'string' && path.startsWith('$.') ? `${path.slice(2)}: ${told}` : told;
}

function noticesIn(notices: unknown): readonly string[] {
  if (!Array.isArray(notices)) return [];
  return notices.flatMap((notice: unknown): string[] =>
    isObject(notice) && typeof notice.text === 'string' ? [notice.text] : [],
  );
}
