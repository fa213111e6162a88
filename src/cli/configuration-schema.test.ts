import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { configurationReference, withReference } from './configuration-reference.ts';
import { configurationSchema } from './configuration-schema.ts';
import { createProgram } from './program.ts';

const published = JSON.parse(readFileSync(new URL('./fgs-conformance.schema.json', import.meta.url), 'utf8'));

test('the published schema has the options that there are (npm run schema writes it)', () => {
  expect(published).toEqual(configurationSchema(createProgram()));
});

test('the README’s table of options is the one that there is (npm run schema writes it)', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withReference(readme, configurationReference(createProgram())));
});

test('the schema accepts options and tells a misspelled one', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(published);
  expect(validate({ profile: 'smoke', seed: 5, only: ['body.*'], 'dry-run': true })).toBe(true);
  expect(validate({ profil: 'smoke' })).toBe(false);
  expect(validate({ profile: 'huge' })).toBe(false);
});
