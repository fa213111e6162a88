import type { EvidenceData, SeenFinding } from '../verdict/evidence.ts';

/** Why a finding of requests that are sent at the same time may not come again. */
export const RACE = 'it takes requests that meet in the target, and chance';

const LIKE_A_RACE =
  'others that fail alike take requests that meet in the target, and chance; so may this one';

/** Whether it is shown by requests that are sent at the same time. */
export function isRace({ reproduction }: SeenFinding): boolean {
  return reproduction?.steps.some(({ isTogether }) => isTogether) ?? false;
}

/**
 * The evidence of a run, in which what fails as races do is in doubt as well: it came again alone, but may have met
 * a request that nobody waited for.
 */
export function withRacesInDoubt(evidence: EvidenceData): EvidenceData {
  const all = Object.entries(evidence.clauses);
  const racing = new Map(all.map(([id, { findings }]) => [id, findings.filter(isRace)]));
  const races = [...racing.values()].flat();
  if (races.length === 0) return evidence;
  const inDoubt = (id: string, finding: SeenFinding): SeenFinding => {
    const { reproduction } = finding;
    const isAlike = (racing.get(id) ?? []).length > 0 || races.some(race => failAlike(race, finding));
    if (reproduction === undefined || !isAlike || isRace(finding)) return finding;
    return { ...finding, reproduction: { doubt: LIKE_A_RACE, ...reproduction } };
  };
  const clauses = all.map(([id, seen]) => [
    id,
    { ...seen, findings: seen.findings.map(finding => inDoubt(id, finding)) },
  ]);
  return { ...evidence, clauses: Object.fromEntries(clauses) };
}

function failAlike(one: SeenFinding, other: SeenFinding): boolean {
  const status = one.exchange.response?.status ?? 0;
  return status >= 500 && status === other.exchange.response?.status;
}
