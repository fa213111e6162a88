import { clauseById, clauses, exclusions } from '../page/catalogue.ts';
import { catalogueJson, catalogueMarkdown, catalogueTable, clauseInDetail } from '../report/index.ts';
import { UsageError } from '../run/options.ts';
import { examplesOf } from './clause-examples.ts';
import { terminalOptions } from './report-output.ts';

/** Prints the catalogue, or all about one clause. */
export async function clausesCommand(
  id: string | undefined,
  { format }: { readonly format: 'table' | 'json' | 'markdown' },
): Promise<void> {
  const terminal = terminalOptions();
  if (id !== undefined) {
    const clause = clauseById(id);
    if (clause === undefined) throw new UsageError(unknownClause(id));
    process.stdout.write(`${clauseInDetail(clause, examplesOf(id), terminal)}\n`);
    return;
  }
  if (format === 'json') process.stdout.write(catalogueJson(clauses, exclusions));
  else if (format === 'markdown') process.stdout.write(catalogueMarkdown(clauses, exclusions));
  else process.stdout.write(catalogueTable(clauses, exclusions, terminal));
}

function unknownClause(id: string): string {
  const excluded = exclusions.find(exclusion => exclusion.id === id);
  if (excluded !== undefined) return `${id} is no clause: ${excluded.excluded}`;
  const close = clauses.filter(clause => clause.id.includes(id) || clause.subject === id).slice(0, 5);
  const hint =
    close.length === 0
      ? '"fgs-conformance clauses" lists all.'
      : `Did you mean ${close.map(clause => clause.id).join(', ')}?`;
  return `There is no clause ${id}. ${hint}`;
}
