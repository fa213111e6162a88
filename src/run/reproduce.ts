import { plainConfiguration } from '../generate/plain-configuration.ts';
import { judge } from '../judge/judge.ts';
import { clauses } from '../page/catalogue.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { arrangeFunction, deleteFunction, isAccepted, type Members } from '../target/index.ts';
import type { EvidenceData, SeenFinding } from '../verdict/evidence.ts';
import type { Reproduction } from '../verdict/reproduction.ts';
import { configurationAfter, counterexampleOf } from './counterexample-of.ts';
import { inLanes, isEnd } from './parts.ts';
import { isRace, RACE } from './races.ts';
import { repeating } from './repetition.ts';
import { type Extent, isAboutHistory } from './reproduction-of.ts';
import type { Sent } from './sent.ts';
import type { Session } from './session.ts';
import type { Transcript } from './transcript.ts';

const counted = new Set(clauses.filter(({ level }) => level !== 'informative').map(({ id }) => id));

/**
 * The evidence, with how each of its findings comes about from nothing. With what is left when everything was
 * tried, findings are shown again on the plainest function that still shows them.
 */
export async function withReproductions(session: Session, evidence: EvidenceData): Promise<EvidenceData> {
  const asSeen = Object.entries(evidence.clauses).flatMap(([clauseId, { findings }]) =>
    findings.map(finding => ({ clauseId, finding: reproducible(session, clauseId, finding) })),
  );
  const { repeatedFindings } = session.profile;
  const repeatable = asSeen.filter(({ clauseId, finding }) => mayRepeat(session, clauseId, finding));
  const repeated = repeatable.slice(0, repeatedFindings);
  const shown = await inLanes(
    session,
    repeated,
    // Alone, so that what shows it again is what was sent.
    ({ clauseId, finding }, lane) =>
      repeating(() => session.target.alone(() => shownAgain(lane, clauseId, finding))),
    { isLast: true },
  );
  const again = new Map(repeated.map(({ finding }, index) => [finding, shown[index] ?? finding]));
  // What needs company is likely to need it for the rest as well.
  for (const { clauseId, finding } of shown.some(isRace) ? repeatable.slice(repeatedFindings) : []) {
    again.set(finding, inCompany(session, clauseId, finding));
  }
  for (const { clauseId, finding } of repeatedFindings > 0 ? asSeen : []) {
    if (!again.has(finding) && !isConfirmed(session, clauseId, finding))
      again.set(finding, untried(session, clauseId, finding));
  }
  const clauses = Object.entries(evidence.clauses).map(([id, seen]) => {
    const findings = asSeen.filter(({ clauseId }) => clauseId === id).map(({ finding }) => finding);
    return [id, { ...seen, findings: findings.map(each => withCounterexample(again.get(each) ?? each)) }];
  });
  return { ...evidence, clauses: Object.fromEntries(clauses) };
}

const ALONE = 'alone, the request did not show it again; what was sent before it matters';
const COMPANY =
  'alone, the request did not show it again; it takes what was sent at the same time, and chance';
const FLAKY = 'the target answered otherwise when it was asked the same again';
const UNTRIED = 'this run did not try it again';
const DROPPED = 'a connection that ended once need not end again';

/** The finding as it was seen, with what it takes to see it. */
function reproducible(session: Session, clauseId: string, finding: SeenFinding): SeenFinding {
  const { transcript } = session;
  const shown = transcript.sentFor(finding.exchange);
  if (shown === undefined) return finding;
  const { message } = finding;
  const extent = isConfirmed(session, clauseId, finding) ? 'whole' : 'least';
  const reproduction = transcript.reproductionOf({ clauseId, message }, shown, extent);
  const doubt = doubtOf(clauseId, finding, reproduction);
  return { ...finding, reproduction: doubt === undefined ? reproduction : { ...reproduction, doubt } };
}

/** Whether it was seen again already, on a function to which nothing but what leads to it was sent. */
function isConfirmed({ transcript }: Session, clauseId: string, finding: SeenFinding): boolean {
  const { exchange, before, isShrunk } = finding;
  const shown = transcript.sentFor(exchange);
  return shown !== undefined && isShrunk && before !== undefined && !isAboutHistory(clauseId, shown);
}

/** A finding that was not tried again, with everything that was sent to its function: what of it matters nobody knows. */
function untried({ transcript }: Session, clauseId: string, finding: SeenFinding): SeenFinding {
  const { message, exchange } = finding;
  const shown = transcript.sentFor(exchange);
  if (shown === undefined || isAboutHistory(clauseId, shown)) return inDoubt(finding, UNTRIED);
  const whole = transcript.reproductionOf({ clauseId, message }, shown, 'whole');
  const isShort = whole.steps.length <= LONGEST_HISTORY;
  return inDoubt(isShort ? { ...finding, reproduction: whole } : finding, UNTRIED);
}

function inDoubt(finding: SeenFinding, doubt: string): SeenFinding {
  const { reproduction } = finding;
  return reproduction === undefined ? finding : { ...finding, reproduction: { doubt, ...reproduction } };
}

/** What of a finding shows already that it need not come again. */
function doubtOf(clauseId: string, { isFlaky }: SeenFinding, { steps }: Reproduction): string | undefined {
  if (clauseId === 'robustness.connection') return DROPPED;
  if (isFlaky) return FLAKY;
  return steps.some(({ isTogether }) => isTogether) ? RACE : undefined;
}

function withCounterexample(finding: SeenFinding): SeenFinding {
  const { counterexample, reproduction } = finding;
  if (reproduction === undefined) return finding;
  const input = counterexampleOf(counterexample?.input, reproduction);
  return input === undefined ? finding : { ...finding, counterexample: { ...counterexample, input } };
}

/** The finding on the plainest function that shows it; when none does, with more of what was sent. */
async function shownAgain(session: Session, clauseId: string, finding: SeenFinding): Promise<SeenFinding> {
  const { transcript } = session;
  const { reproduction } = finding;
  const shown = transcript.sentFor(finding.exchange);
  if (shown === undefined || reproduction === undefined) return finding;
  try {
    const isCreation = shown.operation === 'create function';
    const steps = isCreation ? reproduction.steps : reproduction.steps.slice(0, -1);
    const configuration = configurationAfter(steps);
    for (const less of [reduced(session, configuration, shown, clauseId), configuration]) {
      const again = await onFunctionOf(session, clauseId, shown, less);
      if (again !== undefined) return { ...finding, ...again };
    }
    const again = isCreation ? undefined : await afterItsHistory(session, clauseId, shown);
    if (again !== undefined) return { ...finding, ...again };
  } catch (error) {
    if (!isEnd(error)) throw error;
    return untried(session, clauseId, finding);
  }
  return inCompany(session, clauseId, finding);
}

/** The finding with what was sent at the same time; else with everything that was ever sent to its function. */
function inCompany({ transcript }: Session, clauseId: string, finding: SeenFinding): SeenFinding {
  const said = { clauseId, message: finding.message };
  const shown = transcript.sentFor(finding.exchange);
  if (shown === undefined || finding.reproduction === undefined) return finding;
  const together = transcript.reproductionOf(said, shown, 'together');
  const hasCompany = together.steps.length > finding.reproduction.steps.length;
  const more = hasCompany ? together : transcript.reproductionOf(said, shown, 'whole');
  return { ...finding, reproduction: { ...more, doubt: hasCompany ? COMPANY : ALONE } };
}

/** Whether less is worth a try: what a history shows is shown as it was. */
function mayRepeat(session: Session, clauseId: string, finding: SeenFinding): boolean {
  const { exchange, reproduction } = finding;
  const { settings, interruption, transcript } = session;
  const shown = transcript.sentFor(exchange);
  return (
    shown !== undefined &&
    reproduction !== undefined &&
    counted.has(clauseId) &&
    !interruption.signal.aborted &&
    settings.arrange === 'api' &&
    (shown.context.function === 'exists' || shown.operation === 'create function') &&
    exchange.failure?.kind !== 'timeout' &&
    !isAboutHistory(clauseId, shown) &&
    !isConfirmed(session, clauseId, finding) &&
    !/^(?:body|config)\.func_name\b/.test(clauseId)
  );
}

const CODE = /^(?:code_|func_code$|runtime$)/;

/** Members that make sense together only. */
const PAIR = /^(?:initializer|pre_stop|code|func_code)(?=_)/;

/** The plainest configuration, with nothing of this one but what the clause or the request is about. */
function reduced(session: Session, configuration: Members, { request }: Sent, clauseId: string): Members {
  const [, member = ''] = /^(?:body|config)\.([a-z_]+)/.exec(clauseId) ?? [];
  const pair = PAIR.exec(member)?.[0];
  const isDigested = jsonObjectIn(request.body ?? '')?.digest !== undefined;
  const own = Object.entries(configuration).filter(
    ([name]) =>
      name === member ||
      name === 'package' ||
      (pair !== undefined && name.startsWith(pair)) ||
      ((isDigested || CODE.test(member)) && CODE.test(name)),
  );
  return { ...plainConfiguration('f', session.nonce()), ...Object.fromEntries(own) };
}

/** What breaks the clause on a new function of this configuration; `undefined` when nothing does. */
async function onFunctionOf(
  session: Session,
  clauseId: string,
  shown: Sent,
  configuration: Members,
): Promise<Partial<SeenFinding> | undefined> {
  const { target, journal, transcript } = session;
  const isCreation = shown.operation === 'create function';
  const name = session.name();
  const members = { ...configuration, func_name: name };
  const arranged = await arrangeFunction(
    target,
    journal,
    members,
    isCreation ? { context: shown.context } : {},
  );
  const answered = isCreation
    ? { exchange: arranged.exchanges[0], context: shown.context }
    : arranged.ok &&
      (await sendAgain(session, shown, { name, urn: arranged.urn, configuration: arranged.configuration }));
  if (arranged.urn !== undefined && (arranged.ok || arranged.refusedAt !== 'create function')) {
    await deleteFunction(target, arranged.urn, { journal, fromReserve: true });
  }
  if (answered === false || answered.exchange === undefined) return undefined;
  const { exchange, context } = answered;
  return seenIn(transcript, clauseId, exchange, context, 'least');
}

/** Longer histories are not sent again. */
const LONGEST_HISTORY = 16;

/** What breaks the clause on a new function to which everything is sent that was sent to the other one. */
async function afterItsHistory(
  session: Session,
  clauseId: string,
  shown: Sent,
): Promise<Partial<SeenFinding> | undefined> {
  const { target, journal, transcript } = session;
  const [creation, ...rest] = transcript.historyOf(shown);
  const isTooLong = rest.length < 2 || rest.length > LONGEST_HISTORY;
  if (creation?.operation !== 'create function' || isTooLong) return undefined;
  const name = session.name();
  const members = { ...jsonObjectIn(creation.request.body ?? ''), func_name: name };
  const arranged = await arrangeFunction(target, journal, members);
  if (!arranged.ok) return undefined;
  const { urn } = arranged;
  const configuration = shown.context.configuration ?? arranged.configuration;
  let last: Exchange | undefined;
  for (const each of rest) {
    last = (await sendAgain(session, each, { name, urn, configuration })).exchange;
    // What goes otherwise is another history.
    if (isAccepted(last) !== each.isAccepted) {
      last = undefined;
      break;
    }
  }
  await deleteFunction(target, urn, { journal, fromReserve: true });
  return last === undefined ? undefined : seenIn(transcript, clauseId, last, shown.context, 'whole');
}

/** What the exchange breaks of the clause, and how it comes about. */
function seenIn(
  transcript: Transcript,
  clauseId: string,
  exchange: Exchange,
  context: Context,
  extent: Extent,
): Partial<SeenFinding> | undefined {
  const found = judge(exchange, context).findings.find(({ clause }) => clause === clauseId);
  const sent = transcript.sentFor(exchange);
  if (found === undefined || sent === undefined) return undefined;
  const { message, pointer } = found;
  const reproduction = transcript.reproductionOf({ clauseId, message }, sent, extent);
  return { message, ...(pointer === undefined ? {} : { pointer }), exchange, isShrunk: true, reproduction };
}

/** The same request about another function. */
async function sendAgain(
  session: Session,
  shown: Sent,
  other: { readonly name: string; readonly urn: string; readonly configuration: Members },
): Promise<{ readonly exchange: Exchange; readonly context: Context }> {
  const renamed = (text: string): string =>
    text.replaceAll(new RegExp(`${shown.name}(?![A-Za-z0-9_-])`, 'g'), other.name);
  const { path, body, ...rest } = shown.asked;
  const request = {
    ...rest,
    path: renamed(path),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? renamed(body) : body }),
  };
  const context = { ...shown.context, configuration: other.configuration, published: [] };
  return { exchange: await session.target.send(request, context), context };
}
