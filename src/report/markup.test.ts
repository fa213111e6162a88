import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { markup, multiline, textOf } from './markup.ts';

test('text becomes letters, markup stays markup, and nothing becomes nothing', () => {
  const inner = markup`<b>${'<i> & "quotes"'}</b>`;
  expect(textOf(markup`<p title="${`"'`}">${[inner, inner]}${undefined}${0}</p>`)).toBe(
    '<p title="&quot;&#39;"><b>&lt;i&gt; &amp; &quot;quotes&quot;</b><b>&lt;i&gt; &amp; &quot;quotes&quot;</b>0</p>',
  );
});

test('an object out of JSON is no markup', () => {
  const forged = JSON.parse('{"markup":"<b>"}');
  expect(() => textOf(markup`${forged}`)).toThrow();
});

test('lines stay lines', () => {
  expect(textOf(multiline('<a>\r\n\u0000b'))).toBe('&lt;a&gt;\\r\n\\u0000b');
});

test('whatever the text, the document is well-formed XML', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 50 }), { numRuns: 300, seed: 3 });
  const forbidden = ['\u0000', '\u000b', '\ufffe', '\uffff', '\ud800', '\udc00', ']]>', '<!--', '&#0;'];
  const elements = [...texts, ...forbidden].map(text => markup`<a b="${text}">${text}${multiline(text)}</a>`);
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'a.xml', contents: textOf(markup`<all>${elements}</all>`) }],
    schema: [`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="all"/></xs:schema>`],
  });
  expect(errors).toEqual([]);
  expect(valid).toBe(true);
});
