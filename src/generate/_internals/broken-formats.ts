import fc from 'fast-check';
import { isDottedHandler, isMountId, isPageTime, jsonObjectIn } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';
import { formatUrn, parseFullUrn } from '../../page/urn.ts';
import { malformedUrns } from '../malformed-urns.ts';
import { beyondEndsOf } from './bounds.ts';
import { functionUrn } from './formats.ts';
import { text, word } from './texts.ts';

/** No period with something on both sides, within the documented length. */
const undottedHandler = fc.oneof(
  word(3, 128),
  word(2, 127).map(name => `.${name}`),
  word(2, 127).map(name => `${name}.`),
  fc.constantFrom('bootstrap', 'index_handler', 'index,handler'),
);

const noPageTime = fc.oneof(
  fc.constantFrom(
    '2019-02-30 10:00:00',
    '2019-13-01 10:00:00',
    '2019-10-25 24:00:00',
    '2019-10-25 15:60:27',
    '2019-10-25',
    '15:37:27',
    '2019-10-25T15:37:27',
    '2019-10-25 15:37:27Z',
    '2019/10/25 15:37:27',
    '25-10-2019 15:37:27',
    '20191025-153727',
    '1571989047',
    'Fri, 25 Oct 2019 15:37:27 GMT',
    ' 2019-10-25 15:37:27',
    '2019-10-25 15:37:27\n',
  ),
  text(),
);

function noMountId(schema: PageSchema): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...beyondEndsOf(schema).map(String),
    '-0',
    '007',
    '+5',
    '1.5',
    '1e3',
    'root',
    '0x10',
    ' 5',
  );
}

const noJsonObject = fc.oneof(
  fc.constantFrom(
    '[]',
    '[{"bucket":"b"}]',
    '"text"',
    '7',
    'true',
    'null',
    '{',
    "{'bucket':'b'}",
    '{"a":1,}',
    '{} {}',
  ),
  text(),
);

const noFunctionUrn = fc.oneof(
  functionUrn.chain(urn =>
    fc.constantFrom(...malformedUrns(urn).map(malformed => malformed.urn), urn.name, `${formatUrn(urn)}:!`),
  ),
  text(),
);

/** Format of the page's schemas -> texts that do not have it, blank ones left out. */
export const brokenFormats: Readonly<Record<string, (schema: PageSchema) => fc.Arbitrary<string>>> = {
  'function-urn': () => noFunctionUrn.filter(urn => urn !== '' && parseFullUrn(urn) === undefined),
  'dotted-handler': () => undottedHandler.filter(handler => !isDottedHandler(handler)),
  'page-time': () => noPageTime.filter(time => !isPageTime(time)),
  'mount-id': schema => noMountId(schema).filter(id => !isMountId(id)),
  'json-object': () => noJsonObject.filter(json => jsonObjectIn(json) === undefined),
};

/** Texts that nearly match a pattern, and others; blank ones left out. */
export function unmatched(pattern: string): fc.Arbitrary<string> {
  const regex = new RegExp(pattern);
  const nearly = fc
    .stringMatching(regex)
    .chain(matched =>
      fc.constantFrom(
        matched.slice(1),
        matched.slice(0, -1),
        `${matched}${matched.slice(0, 1)}`,
        `g${matched.slice(1)}`,
        `${matched} `,
        `${matched}\u00e9`,
      ),
    );
  return fc.oneof(nearly, text()).filter(broken => broken !== '' && !regex.test(broken));
}
