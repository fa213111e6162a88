import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { clauses } from '../page/catalogue.ts';
import type { Report } from '../verdict/report.ts';
import { failed, failingReport, notExercised, reportOf, reportWith } from './example.test.reports.ts';
import { junitReport } from './junit.ts';

const STRICT_TOKEN =
  '<xs:simpleType><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>';

/**
 * What readers of JUnit XML have in common at their strictest: the order of elements that Ant's reader
 * wants, its mandatory attributes and their types, and no attribute that Jenkins does not know.
 */
const STRICTEST = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:complexType name="problem"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/>
</xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="skipped"><xs:attribute name="message" type="xs:string"/></xs:complexType>
<xs:complexType name="property">
  <xs:attribute name="name" type="xs:token" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
</xs:complexType>
<xs:complexType name="testcase"><xs:choice minOccurs="0">
    <xs:element name="skipped" type="skipped"/><xs:element name="error" type="problem"/><xs:element name="failure" type="problem"/>
  </xs:choice>
  <xs:attribute name="name" type="xs:token" use="required"/><xs:attribute name="classname" type="xs:token" use="required"/>
  <xs:attribute name="time" type="xs:decimal" use="required"/>
</xs:complexType>
<xs:complexType name="testsuite"><xs:sequence>
    <xs:element name="properties"><xs:complexType><xs:sequence><xs:element name="property" type="property" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="testcase" type="testcase" maxOccurs="unbounded"/>
    <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
  </xs:sequence>
  <xs:attribute name="name" use="required">${STRICT_TOKEN}</xs:attribute>
  <xs:attribute name="package" type="xs:token" use="required"/><xs:attribute name="id" type="xs:int" use="required"/>
  <xs:attribute name="timestamp" use="required"><xs:simpleType><xs:restriction base="xs:dateTime">
    <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/></xs:restriction></xs:simpleType></xs:attribute>
  <xs:attribute name="hostname" use="required">${STRICT_TOKEN}</xs:attribute>
  <xs:attribute name="tests" type="xs:int" use="required"/><xs:attribute name="failures" type="xs:int" use="required"/>
  <xs:attribute name="errors" type="xs:int" use="required"/><xs:attribute name="skipped" type="xs:int"/>
  <xs:attribute name="time" type="xs:decimal" use="required"/>
</xs:complexType>
<xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element name="testsuite" type="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="name" type="xs:string"/><xs:attribute name="time" type="xs:decimal"/><xs:attribute name="tests" type="xs:int"/>
  <xs:attribute name="failures" type="xs:int"/><xs:attribute name="errors" type="xs:int"/>
</xs:complexType></xs:element>
</xs:schema>`;

async function problemsOf(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [STRICTEST],
  });
  return errors.map(({ message }) => message);
}

function testCase(report: Report, id: string): string {
  const xml = junitReport(report);
  const start = xml.indexOf(`<testcase name="${id}"`);
  const [element = ''] = /^<testcase [^>]*?(?:\/>|>.*?<\/testcase>)/s.exec(xml.slice(start)) ?? [];
  return element;
}

function counts(xml: string, element: string): number {
  return xml.split(`<${element} `).length - 1;
}

test.each([
  ['failing', failingReport()],
  ['passing', reportWith()],
  ['empty', reportOf([])],
  ['without a time', reportOf(failingReport().clauses, { startedAt: 'yesterday' })],
])('strict readers take a report that is %s', async (_, report) => {
  expect(await problemsOf(junitReport(report))).toEqual([]);
});

test('strict readers take whatever a target sent', async () => {
  const hostile = '\u0000\u001b[31m ]]> <!-- "&\'\r\n\t\ufffe\ud800</failure>';
  const report = reportWith({
    'body.type': failed({ message: hostile, pointer: `/${hostile}`, reproduce: hostile }),
    'body.cpu.type': notExercised(hostile),
    'body.undocumented': failed({ message: hostile }),
  });
  const xml = junitReport({ ...report, target: { endpoint: hostile, arranged: hostile } });
  expect(await problemsOf(xml)).toEqual([]);
});

test('each clause is one test case, and the counts say what is there', () => {
  const xml = junitReport(failingReport());
  expect(counts(xml, 'testcase')).toBe(clauses.length);
  const [, tests, failures, errors] =
    /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(xml) ?? [];
  expect([tests, failures, errors]).toEqual([
    String(clauses.length),
    String(counts(xml, 'failure')),
    String(counts(xml, 'error')),
  ]);
  const skipped = [...xml.matchAll(/skipped="(\d+)"/g)].reduce((sum, match) => sum + Number(match[1]), 0);
  expect(skipped).toBe(counts(xml, 'skipped'));
});

test('a clause that fails the run is a failure with all that is needed to see it again', () => {
  const element = testCase(failingReport(), 'body.memory_size.values');
  expect(element).toContain('classname="body"');
  expect(element).toMatch(/<failure message="memory_size is 129; .*" type="required">/);
  expect(element).toContain('Table 4, row memory_size');
  expect(element).toContain('curl -X POST');
});

test('a clause that was not exercised is skipped, with the reason', () => {
  expect(testCase(failingReport(), 'request.permission.forbidden')).toContain(
    '<skipped message="not exercised: no --forbidden-token was given"/>',
  );
});

test('a known failure is skipped and says so', () => {
  expect(testCase(failingReport(), 'state.snapshot.frozen')).toMatch(
    /<skipped message="known failure: timeout/,
  );
});

test('a recommended clause fails the run only when asked to', () => {
  const id = 'header.content-type.error';
  const report = failingReport();
  expect(testCase(report, id)).not.toContain('<failure');
  expect(junitReport(report)).toMatch(new RegExp(`<system-out>.*${id} \\(recommended\\) fails without`, 's'));
  expect(testCase({ ...report, run: { ...report.run, failOn: 'recommended' } }, id)).toContain('<failure');
});

test.each([
  [
    'nothing was exercised',
    reportOf(failingReport().clauses.map(clause => ({ ...clause, ...notExercised('no target') }))),
    '<error message="no clause was exercised"',
  ],
  [
    'the baseline is out of date',
    withSummary('nonconformant', 'the baseline is out of date: x passes'),
    '<failure message="the baseline is out of date',
  ],
])('CI is not green when %s', (_, report, expected) => {
  expect(junitReport(report)).toContain(expected);
});

function withSummary(verdict: Report['summary']['verdict'], reason: string): Report {
  const report = reportWith();
  return { ...report, summary: { ...report.summary, verdict, reason } };
}
