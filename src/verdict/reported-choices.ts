import type { Choice } from '../page/choices/choice.ts';
import { choices } from '../page/choices/index.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import type { ChoiceEvidenceData } from './choice-evidence.ts';
import type { ReportedChoice } from './report.ts';

/** Every choice with the answers that were seen, the most frequent one first. */
export function reportedChoices(seen: ChoiceEvidenceData): readonly ReportedChoice[] {
  const isNeedless = ({ needless }: Choice): boolean => {
    const answers = needless === undefined ? [] : (seen[needless.choice] ?? []);
    return answers.length > 0 && answers.every(({ answer }) => answer === needless?.answer);
  };
  return choices.map(choice => ({
    id: choice.id,
    question: choice.question,
    answers: (isNeedless(choice) ? [] : (seen[choice.id] ?? []))
      .toSorted((left, right) => right.seen - left.seen || placeIn(choice, left) - placeIn(choice, right))
      .map(({ answer, seen: times, by, example }) => ({
        answer,
        seen: times,
        shown: by,
        example: minimal(example),
      })),
  }));
}

function placeIn({ answers: known }: Choice, { answer }: { readonly answer: string }): number {
  const place = known.indexOf(answer);
  return place === -1 ? known.length : place;
}

/** Longer bodies are kept only in part. */
const KEPT_OF_BODY = 8 * 1024;

/** An exchange with no more than what a choice can hang on. */
function minimal({ request, response }: Exchange): Exchange {
  const { method, url } = request;
  return {
    request: { method, url, ...contentOf(request) },
    ...(response === undefined ? {} : { response: { status: response.status, ...contentOf(response) } }),
  };
}

function contentOf({ headers, body, bodyEncoding }: HttpRequest | HttpResponse) {
  const { 'content-type': type } = headers;
  return {
    headers: type === undefined ? {} : { 'content-type': type },
    ...(body === undefined ? {} : { body: body.slice(0, KEPT_OF_BODY) }),
    ...(bodyEncoding === undefined ? {} : { bodyEncoding }),
  };
}
