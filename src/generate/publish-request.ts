import fc from 'fast-check';
import { characters } from '../page/formats.ts';
import type { PublishRequest } from '../page/tables/publish-request.ts';
import { DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { takes } from './_internals/arguments.ts';
import { codePoint } from './_internals/texts.ts';
import { versionName } from './_internals/version-name.ts';

/** Constraints of `publishRequest`. */
export interface PublishRequestConstraints {
  /** The MD5 of the function's code, in hexadecimal: the only digest that is sent. Default: none is. */
  readonly md5?: string;
}

/** Valid bodies of a publish request (Table 3): every subset of the three members. */
export function publishRequest(constraints: PublishRequestConstraints = {}): fc.Arbitrary<PublishRequest> {
  takes.publishRequest(constraints);
  const { md5 } = constraints;
  const values = fc.record({ digest: fc.constant(md5 ?? ''), version: versionName, description });
  const names = fc.subarray(
    md5 === undefined
      ? (['version', 'description'] as const)
      : (['digest', 'version', 'description'] as const),
  );
  return fc
    .tuple(names, values)
    .map(([names, values]) => Object.fromEntries(names.map(name => [name, values[name]])));
}

/** Any text of at most 512 characters, of which there may be more bytes and more UTF-16 units. */
const description = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 80, unit: 'grapheme', size: 'max' }).filter(isShortEnough) },
  { weight: 2, arbitrary: fc.string({ maxLength: DESCRIPTION_MAX_LENGTH, unit: codePoint, size: 'max' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x'.repeat(DESCRIPTION_MAX_LENGTH),
      'é'.repeat(DESCRIPTION_MAX_LENGTH),
      '\u{1f600}'.repeat(DESCRIPTION_MAX_LENGTH),
      'first line\nsecond line\r\n\tindented',
      '"quoted" \\ and \'quoted\'',
      '{"json":true}',
      '</script><!--',
      '%s %00 {{placeholder}}',
    ),
  },
);

/** Graphemes may be several characters each. */
function isShortEnough(text: string): boolean {
  return characters(text) <= DESCRIPTION_MAX_LENGTH;
}
