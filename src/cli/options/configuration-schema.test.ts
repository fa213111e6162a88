import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { configurationSchema } from './configuration-schema.ts';

const validate = new Ajv2020({ allowUnionTypes: true, formats: { date: true } }).compile(
  configurationSchema(),
);

test.each([
  { profile: 'smoke', seed: 5, only: ['body.*'], 'dry-run': true },
  { only: 'body.*', reporter: ['html', 'junit'], tag: ['a', 'b'] },
  { 'consumer-version-selector': [{ mainBranch: true }, { deployed: true }] },
  { 'consumer-version-selector': { mainBranch: true } },
  { format: 'yaml', rate: 0.5, 'older-than': '2h', shard: '1/3' },
])('the schema accepts %j', members => {
  expect(validate(members)).toBe(true);
});

test.each([
  { profil: 'smoke' },
  { profile: 'huge' },
  { seed: -1 },
  { 'dry-run': 'false' },
  { endpoint: ['http://a'] },
  { reporter: ['pdf'] },
])('the schema tells %j', members => {
  expect(validate(members)).toBe(false);
});
