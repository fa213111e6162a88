import { expect, test } from 'vitest';
import type { ClauseEvidence, EvidenceData, SeenFinding } from '../verdict/evidence.ts';
import { mergeEvidence } from '../verdict/evidence.ts';
import type { Step } from '../verdict/reproduction.ts';
import { withRacesInDoubt } from './races.ts';

const request = { method: 'POST', url: 'http://127.0.0.1/', headers: {} };

function finding(status: number, more: Partial<Step> = {}): SeenFinding {
  const step: Step = { request, does: 'publishes', isEvidence: true, ...more };
  return {
    message: `the status is ${status}`,
    exchange: { request, response: { status, headers: {} } },
    reproduction: { steps: [step], made: [] },
    isShrunk: false,
  };
}

function evidenceOf(clauses: Readonly<Record<string, readonly SeenFinding[]>>): EvidenceData {
  const seen = Object.entries(clauses).map(([id, findings]): [string, ClauseEvidence] => [
    id,
    { exercised: 1, violations: findings.length, findings },
  ]);
  return { ...mergeEvidence([]), clauses: Object.fromEntries(seen) };
}

function inDoubt(evidence: EvidenceData): readonly string[] {
  return Object.entries(withRacesInDoubt(evidence).clauses).flatMap(([id, { findings }]) =>
    findings.some(({ reproduction }) => reproduction?.doubt !== undefined) ? [id] : [],
  );
}

test('what came again alone is in doubt when others that fail alike are races, whichever property saw it', () => {
  const race = finding(500, { isTogether: true });
  expect(inDoubt(evidenceOf({ 'body.a': [race], 'request.b': [finding(500)] }))).toEqual(['request.b']);
  expect(inDoubt(evidenceOf({ 'body.a': [race, finding(200)], 'request.b': [finding(404)] }))).toEqual([
    'body.a',
  ]);
  expect(inDoubt(evidenceOf({ 'body.a': [finding(500)], 'request.b': [finding(500)] }))).toEqual([]);
});
