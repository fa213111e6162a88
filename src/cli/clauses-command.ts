import { clauseById, clauses, exclusions } from '../page/catalogue.ts';
import { catalogueJson, catalogueMarkdown, catalogueTable, clauseInDetail } from '../report/index.ts';
import { UsageError } from '../run/options.ts';
import { matchesGlob } from '../verdict/globs.ts';
import { didYouMean } from '../words/nearest.ts';
import { examplesOf } from './clause-examples.ts';
import { terminalOptions } from './report-output.ts';

type Format = 'table' | 'json' | 'markdown';

/** Prints the catalogue, the part of it whose ids match a glob, or all about one clause. */
export async function clausesCommand(
  glob: string | undefined,
  { format }: { readonly format: Format },
): Promise<void> {
  const clause = glob === undefined ? undefined : clauseById(glob);
  process.stdout.write(
    clause !== undefined && format === 'table'
      ? `${clauseInDetail(clause, examplesOf(clause.id), terminalOptions())}\n`
      : catalogue(glob ?? '*', format),
  );
}

function catalogue(glob: string, format: Format): string {
  const isMeant = ({ id }: { readonly id: string }): boolean => matchesGlob(glob, id);
  const [listed, unchecked] = [clauses.filter(isMeant), exclusions.filter(isMeant)];
  if (listed.length + unchecked.length === 0) throw new UsageError(unknownClause(glob));
  if (format === 'json') return catalogueJson(listed, unchecked);
  if (format === 'markdown') return catalogueMarkdown(listed, unchecked);
  return catalogueTable(listed, unchecked, terminalOptions());
}

function unknownClause(glob: string): string {
  const known = [...clauses, ...exclusions].map(({ id }) => id);
  const within = known.filter(id => id.includes(glob.replaceAll('*', ''))).slice(0, 5);
  const near = within.length === 0 ? didYouMean(glob, known) : ` Did you mean ${within.join(', ')}?`;
  return `There is no clause ${glob}.${near} "fgs-conformance clauses" lists all.`;
}
