import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';

/** typedoc needs the JavaScript API of a compiler, which TypeScript 7 has no more: it is given version 6. */
const WITH_API = `export async function resolve(specifier, context, next) {
  return next(specifier === 'typescript' ? 'typescript-6' : specifier, context);
}`;

const OPTIONS: TypeDocOptions & Partial<PluginOptions> = {
  plugin: ['typedoc-plugin-markdown'],
  readme: 'none',
  logLevel: 'Error',
  disableSources: true,
  skipErrorChecking: true,
  excludeExternals: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  outputFileStrategy: 'modules',
  flattenOutputFiles: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationVisibility: 'compact',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
};

/** The pages that typedoc makes, in the order in which they are read, with their titles. */
const PAGES = {
  'index.md': 'fgs-conformance',
  'index.Namespace.arbitraries.md': 'arbitraries of fgs-conformance',
  'embed.md': 'fgs-conformance/vitest',
} as const;

/** Longer lines are types that nobody reads: schemas, and names that a list holds as well. */
const MOST_COLUMNS = 1500;

/**
 * The reference of the library in Markdown, from its TSDoc.
 *
 * @param root where the repository is
 */
export async function libraryReference(root: URL): Promise<string> {
  register(`data:text/javascript,${encodeURIComponent(WITH_API)}`, import.meta.url);
  const { Application } = await import('typedoc');
  const out = await mkdtemp(join(tmpdir(), 'fgs-reference-'));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...OPTIONS,
      entryPoints: ['src/index.ts', 'src/embed/index.ts'].map(path => fileURLToPath(new URL(path, root))),
      tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
      out,
    });
    const project = await app.convert();
    if (project === undefined) throw new Error('typedoc could not read the sources.');
    await app.generateOutputs(project);
    const pages = Object.entries(PAGES).map(async ([file, title]) =>
      pageOf(await readFile(join(out, file), 'utf8'), title),
    );
    return ['# Reference of the library\n', MADE, ...(await Promise.all(pages))].join('\n');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const MADE = '<!-- made of the TSDoc by npm run reference -->\n';

/** A page as a part of one document. */
function pageOf(text: string, title: string): string {
  return text
    .replace(/^# .*$/m, `# ${title}`)
    .replaceAll(/^(#+) /gm, '#$1 ')
    .replaceAll(/\]\((?:index|index\.Namespace\.arbitraries|embed)\.md(#[^)]*)\)/g, ']($1)')
    .replaceAll('](index.Namespace.arbitraries.md)', '](#arbitraries-of-fgs-conformance)')
    .replaceAll(/^.*$/gm, line => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)} …` : line));
}
