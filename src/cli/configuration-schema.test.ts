import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { configurationSchema } from './configuration-schema.ts';
import { createProgram } from './program.ts';

const published = JSON.parse(readFileSync(new URL('./fgs-conformance.schema.json', import.meta.url), 'utf8'));

test('the published schema has the options that there are (npm run schema writes it)', () => {
  expect(published).toEqual(configurationSchema(createProgram()));
});

test('the schema accepts options and tells a misspelled one', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(published);
  expect(validate({ profile: 'smoke', seed: 5, only: ['body.*'], 'dry-run': true })).toBe(true);
  expect(validate({ profil: 'smoke' })).toBe(false);
  expect(validate({ profile: 'huge' })).toBe(false);
});
