import { undocumentedClause } from '../page/catalogue.ts';
import type { ReadableChoice } from '../page/choices/choice.ts';
import { type ChoiceKind, type ChoiceViewOf, readableChoices } from '../page/choices/index.ts';
import type { FunctionPast } from '../page/choices/past.ts';
import { unsetFormOf } from '../page/choices/unset-form.ts';
import type { Clause, Rule } from '../page/clause.ts';
import { readVersionConditions } from '../page/conditions/read-conditions.ts';
import type { Context } from '../page/context.ts';
import type { Exchange, HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { listWith } from '../page/listing.ts';
import { routeOf } from '../page/operations.ts';
import type { PublishRequestView } from '../page/publish-request-view.ts';
import { isErrorAnswer, isPublication } from '../page/rules/answers.ts';
import { type RuleKind, rules, type ViewOf } from '../page/rules/registry.ts';
import { errorBodyPage, publishedVersionPage } from '../page/schema-clauses.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { type FullFunctionUrn, isFullUrn, namesVersion, parseFullUrn } from '../page/urn.ts';
import { isErrorBody, isPublishedVersion } from '../page/validators.ts';
import type { AnswerView, ExchangeView, PublishedView } from '../page/views.ts';
import { configuredFor } from './configured.ts';
import type { Draft, Finding, Judgement } from './finding.ts';
import { functionReportIn } from './function-report.ts';
import { readConfiguration } from './read-configuration.ts';
import { objectIn, readAnswer } from './read-exchange.ts';
import { createSchemaJudge } from './schema-judge.ts';

const judgePublishedVersion = createSchemaJudge(publishedVersionPage, isPublishedVersion);
const judgeErrorBody = createSchemaJudge(errorBodyPage, isErrorBody);

/**
 * Holds an exchange against every clause of the page that applies to it. Pure and synchronous; throws
 * nothing, whatever the target sent.
 *
 * @param exchange what happened on the wire
 * @param context what is known of the target's state; clauses that need what is not known are not exercised
 * @param past what earlier exchanges have shown of the function; choices that hang on it are not told without it
 *
 * @example
 * judge({
 *   request: { method: 'POST', url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions', headers: {} },
 *   response: { status: 404, headers: {}, body: '{"error_code":"FSS.1051","error_msg":"Not found"}' },
 * }).findings // [{ clause: 'request.auth.missing', ... }, ...]
 */
export function judge(exchange: Exchange, context: Context = {}, past?: FunctionPast): Judgement {
  const draft: Draft = { exercised: [], findings: [], choices: [] };
  const route = routeOf(exchange.request);
  const view: ExchangeView = { exchange, context, route, past };
  apply('aftermath', view, draft);
  // What else it says was said when it was seen first.
  if (context.stopped !== undefined) return draft;
  apply('method', view, draft);
  apply('exchange', view, draft);
  const { response, failure } = exchange;
  // What broke off says nothing more than that it broke off.
  if (response !== undefined && (failure === undefined || failure.kind === 'undecodable')) {
    judgeAnswer(view, response, draft);
  }
  return draft;
}

/**
 * Judges a 200 body alone, without its request: clauses that compare the two are not exercised.
 *
 * @param text the body as it was received
 */
export function judgeBody(text: string): Judgement {
  const request = { method: 'POST', url: '', headers: {} };
  const headers = { 'content-type': 'application/json' };
  return judge({ request, response: { status: 200, headers, body: text } });
}

function judgeAnswer(view: ExchangeView, response: HttpResponse, draft: Draft): void {
  const operation = view.exchange.request.url === '' ? 'publish' : view.route?.operation;
  if (operation === undefined) return;
  if (operation === 'publish') {
    judgePublication(readAnswer(view, response), draft);
  } else if (operation === 'list versions') {
    if (response.status === 200) judgeVersionList(view, draft);
  } else if (operation === 'read configuration') {
    const latest = response.status === 200 ? objectIn(view.exchange) : undefined;
    if (latest !== undefined) apply('latest', { ...view, latest }, draft);
    noteReport(view, draft);
  } else {
    const configuration = readConfiguration(view, operation, response);
    if (configuration !== undefined) apply('configuration', configuration, draft);
    if (operation === 'change configuration') noteReport(view, draft);
  }
}

/** Notes what the function itself says of its configuration. */
function noteReport(view: ExchangeView, draft: Draft): void {
  if (namesVersion(view.route?.functionUrn)) return;
  const report = functionReportIn(view.exchange);
  if (report !== undefined) note('functionReport', { ...view, report }, draft);
}

function judgePublication(view: AnswerView, draft: Draft): void {
  apply('answer', view, draft);
  if (view.faults.length > 0) apply('faultyRequest', view, draft);
  else apply('validRequest', view, draft);
  if (view.context.form !== undefined) apply('form', view, draft);
  else note('answer', view, draft);
  const { response, failure } = view.exchange;
  const isReadable = failure === undefined && response?.bodyEncoding === undefined;
  if (!isReadable) return;
  const body = view.json.value;
  if (isPublication(view)) judgeBodyOf(view, body, draft);
  else if (isErrorAnswer(view)) judgeErrorBody(body, draft);
}

function judgeBodyOf(view: AnswerView, body: unknown, draft: Draft): void {
  const unset = isObject(body) ? unsetFormOf(body) : undefined;
  const { flawed, undocumented } = judgePublishedVersion(body, draft);
  if (!isObject(body)) return;
  draft.exercised.push(undocumentedClause.id);
  if (undocumented.length > 0) {
    const names = [...new Set(undocumented)].slice(0, 10).map(name => name.slice(0, 60));
    draft.findings.push(findingOf(undocumentedClause, `undocumented: ${names.join(', ')}`));
  }
  const published: PublishedView = {
    exchange: view.exchange,
    context: view.context,
    route: view.route,
    past: view.past,
    request: view.request,
    faults: view.faults,
    status: view.status,
    json: view.json,
    errorCode: view.errorCode,
    // Members with another type than the documented one were set aside.
    body: body as PublishedVersion,
    reportedUrn: reportedUrnIn(body, view.request),
    conditions: readVersionConditions(body),
    configured: configuredFor(view.context.configuration),
    unset,
    undocumented,
    isAbsent: name => body[name] === undefined && !flawed.has(`/${name}`),
    isFlawed: pointer =>
      isWithin(flawed, pointer) || [...flawed].some(each => each.startsWith(`${pointer}/`)),
  };
  apply('published', published, draft);
  if (published.configured !== undefined) apply('echo', published, draft);
  note('published', published, draft);
}

/** The body's func_urn taken apart; most often it is the very text of the request. */
function reportedUrnIn(
  { func_urn: reported }: Readonly<Record<string, unknown>>,
  { functionUrn, urn }: PublishRequestView,
): FullFunctionUrn | undefined {
  if (typeof reported !== 'string') return undefined;
  return reported === functionUrn && urn !== undefined && isFullUrn(urn) ? urn : parseFullUrn(reported);
}

/** Whether the pointer, or an object above it, is among the flawed ones. */
function isWithin(flawed: ReadonlySet<string>, pointer: string): boolean {
  if (flawed.size === 0) return false;
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (flawed.has(pointer.slice(0, end))) return true;
  }
  return false;
}

function judgeVersionList(view: ExchangeView, draft: Draft): void {
  const body = objectIn(view.exchange);
  if (body === undefined || !Array.isArray(body.versions)) return;
  const { context, exchange } = view;
  const { entries, end } = listWith(context.earlierEntries ?? [], body.versions, body, exchange.request.url);
  const list = { ...view, entries, end };
  apply('versionList', list, draft);
  note('versionList', list, draft);
}

function apply<Kind extends RuleKind>(kind: Kind, view: ViewOf<Kind>, draft: Draft): void {
  // A kind has rules of one view alone, which its type says.
  for (const rule of rules[kind] as readonly Rule<ViewOf<Kind>>[]) {
    const outcome = rule.check(view);
    if (outcome === null) continue;
    draft.exercised.push(rule.id);
    const violation = outcome[0];
    if (violation !== undefined) draft.findings.push(findingOf(rule, violation.message, violation.pointer));
  }
}

/** Notes the choices that a view shows. */
function note<Kind extends ChoiceKind>(kind: Kind, view: ChoiceViewOf<Kind>, draft: Draft): void {
  // As for rules.
  for (const choice of readableChoices[kind] as readonly ReadableChoice<ChoiceViewOf<Kind>>[]) {
    const shown = choice.shownBy(view);
    if (shown !== undefined) draft.choices.push({ choice: choice.id, ...shown });
  }
}

function findingOf(clause: Clause, message: string, pointer?: string): Finding {
  const finding = { clause: clause.id, subject: clause.subject, level: clause.level, message };
  return pointer === undefined ? finding : { ...finding, pointer };
}
