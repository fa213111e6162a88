import { clauseById, clauses, exclusions } from '../page/catalogue.ts';
import { choiceById, choices } from '../page/choices/index.ts';
import {
  catalogueJson,
  catalogueMarkdown,
  catalogueTable,
  choiceInDetail,
  clauseInDetail,
} from '../report/index.ts';
import { UsageError } from '../run/options.ts';
import { didYouMeanIds, matchesGlob } from '../verdict/globs.ts';
import { examplesOf } from './clause-examples.ts';
import { terminalOptions } from './report-output.ts';

type Format = 'table' | 'json' | 'markdown';

/** Prints the catalogue, the part of it whose ids match a glob, or all about one clause or choice. */
export async function clausesCommand(
  glob: string | undefined,
  { format }: { readonly format: Format },
): Promise<void> {
  const detail = glob === undefined || format !== 'table' ? undefined : inDetail(glob);
  process.stdout.write(detail === undefined ? catalogue(glob ?? '*', format) : `${detail}\n`);
}

/** All about the one that has this id; `undefined` when none has. */
function inDetail(id: string): string | undefined {
  const clause = clauseById(id);
  if (clause !== undefined) return clauseInDetail(clause, examplesOf(id), terminalOptions());
  const choice = choiceById(id);
  return choice === undefined ? undefined : choiceInDetail(choice, terminalOptions());
}

function catalogue(glob: string, format: Format): string {
  const isMeant = ({ id }: { readonly id: string }): boolean => matchesGlob(glob, id);
  const listed = {
    clauses: clauses.filter(isMeant),
    exclusions: exclusions.filter(isMeant),
    choices: choices.filter(isMeant),
  };
  if (Object.values(listed).every(({ length }) => length === 0)) throw new UsageError(unknownClause(glob));
  if (format === 'json') return catalogueJson(listed);
  if (format === 'markdown') return catalogueMarkdown(listed);
  return catalogueTable(listed, terminalOptions());
}

function unknownClause(glob: string): string {
  const known = [...clauses, ...exclusions, ...choices].map(({ id }) => id);
  return `There is no clause ${glob}.${didYouMeanIds(glob, known)} "fgs-conformance clauses" lists all.`;
}
