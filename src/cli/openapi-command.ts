import { openApiDocument } from '../page/openapi/index.ts';
import { tool } from '../run/tool.ts';

/** Prints the page as an OpenAPI 3.1 document. */
export async function openapiCommand({
  format,
  strict = false,
}: {
  readonly format: 'json' | 'yaml';
  readonly strict?: boolean;
}): Promise<void> {
  const document = openApiDocument(tool.version, { isStrict: strict });
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const { stringify } = await import('yaml');
    // Readers of YAML 1.1 take an unquoted date for a date.
    process.stdout.write(
      stringify(document, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 110 }),
    );
  }
}
