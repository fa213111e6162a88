import { expect, test } from 'vitest';
import { entry, har, judged, publication, VERSION } from './recordings.test.support.ts';

test.each<[string, object]>([
  ['a blank text', { bodySize: -1, postData: { mimeType: 'application/json', text: '' } }],
  ['no text', { bodySize: -1, postData: { mimeType: 'application/json' } }],
  ['nothing', { bodySize: -1, postData: undefined }],
])('a body of a request that nobody counted may have been left out where there is %s', async (_, members) => {
  const named = entry(publication({ ...VERSION, version_description: 'd' }, { description: 'd' }));
  const blank = { ...named, request: { ...named.request, ...members } };
  const { broken, counts } = await judged(har(blank));
  expect(broken).toEqual([]);
  expect(counts.incomplete).toEqual({ 'without the body of the request': 1 });
  const counted = { ...blank, request: { ...blank.request, bodySize: 0 } };
  expect((await judged(har(counted))).broken).toEqual(['body.version_description.echo']);
  const announced = [...blank.request.headers, { name: 'Content-Length', value: '0' }];
  const empty = { ...blank, request: { ...blank.request, headers: announced } };
  expect((await judged(har(empty))).broken).toEqual(['body.version_description.echo']);
});
