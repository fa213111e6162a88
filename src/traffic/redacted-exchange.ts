import type { Finding } from '../judge/finding.ts';
import type { ShownChoice } from '../page/choices/choice.ts';
import type { Exchange } from '../page/exchange.ts';
import { captureBody } from '../target/bodies.ts';
import type { Redaction } from '../target/capture.ts';
import { ENCRYPTED, withoutNamedSecrets } from './named-secrets.ts';

type Message = Exchange['request'] | NonNullable<Exchange['response']>;

/** The exchange as it may be stored and printed. */
export function redactedExchange(exchange: Exchange, byValue: Redaction): Exchange {
  const { request, response, failure } = exchange;
  const redaction = alsoByName(byValue);
  const { text } = redaction;
  return {
    ...exchange,
    request: {
      ...redactedMessage(request, redaction),
      method: request.method,
      url: shortened(text(request.url), KEPT_OF_HEADER),
    },
    ...(response === undefined
      ? {}
      : { response: { ...redactedMessage(response, redaction), status: response.status } }),
    ...(failure === undefined ? {} : { failure: { ...failure, message: text(failure.message) } }),
  };
}

/** Values first: what stands in for one that is known says more. */
function alsoByName({ text, header }: Redaction): Redaction {
  return {
    text: original => withoutNamedSecrets(text(original)),
    header: (name, value) => withoutNamedSecrets(header(name, value)),
  };
}

/**
 * Longer bodies and headers are kept only in part, and no more headers than these: a report holds each exchange once
 * a finding, and is to stay small whatever was recorded. A multiple of 4, for base64.
 */
const KEPT_CHARACTERS = 16 * 1024;
const KEPT_OF_HEADER = 2 * 1024;
const KEPT_HEADERS = 60;

function redactedMessage({ headers, body, bodyEncoding }: Message, { text, header }: Redaction) {
  return {
    headers: Object.fromEntries(
      Object.entries(headers)
        .slice(0, KEPT_HEADERS)
        .map(([name, value]) => [
          shortened(text(name), KEPT_OF_HEADER),
          shortened(header(name, value), KEPT_OF_HEADER),
        ]),
    ),
    ...(body === undefined ? {} : redactedBody(body, bodyEncoding, text)),
  };
}

function redactedBody(body: string, encoding: 'base64' | undefined, text: Redaction['text']) {
  const kept = body.slice(0, KEPT_CHARACTERS);
  if (encoding !== undefined) return captureBody(Buffer.from(kept, encoding), text);
  return { body: text(kept) + cutNote(body, KEPT_CHARACTERS) };
}

function cutNote({ length }: string, most: number): string {
  return length > most ? `… (${length} characters)` : '';
}

export function shortened(text: string, most: number): string {
  return text.slice(0, most) + cutNote(text, most);
}

/** Where a message quotes the beginning of a value that is too long for it, and where it lists names. */
const CUT = /("… \(|, )/;

/** The finding as it may be stored and printed: also where it quotes only the beginning of a secret. */
export function redactedFinding(finding: Finding, redaction: Redaction): Finding {
  const { text } = alsoByName(redaction);
  // A secret that the end of a text cuts off is recognized, so each quotation is a text of its own.
  const message = finding.message.split(CUT).map(text).join('');
  const isAboutSecret = finding.subject.endsWith(`.${ENCRYPTED}`);
  return { ...finding, message: isAboutSecret ? message.replace(QUOTATION, '"[redacted]"') : message };
}

const QUOTATION = /"(?:[^"\\]|\\.)*"/g;

/** What an exchange shows of a choice, as it may be stored and printed. */
export function redactedChoice(shown: ShownChoice, redaction: Redaction): ShownChoice {
  const { text } = alsoByName(redaction);
  return { ...shown, by: shown.by.split(CUT).map(text).join('') };
}
