import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as validators from './validators.ts';

const built = new URL('../../dist/src/page/validators.js', import.meta.url);
const fixtures = new URL('../../fixtures/', import.meta.url);

/** Every JSON text in the fixtures that is an object: bodies right and wrong, of answers and of requests. */
function bodies(value: unknown): readonly unknown[] {
  if (typeof value === 'string' && value.startsWith('{')) return parsed(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bodies) : [];
}

function parsed(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

const all = readdirSync(fixtures)
  .filter(name => name.endsWith('.json'))
  .flatMap(name => bodies(JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'))));

describe('the validators of the build', () => {
  test('do not load ajv', () => {
    expect(readFileSync(built, 'utf8')).not.toMatch(/createAjv|2020/);
  });

  test.each(Object.entries(validators))('%s finds the same errors', async (name, validate) => {
    const { [name]: standalone } = await import(/* @vite-ignore */ built.href);
    expect(all.length).toBeGreaterThan(100);
    for (const body of all) {
      const noted: [number[], number[]] = [[], []];
      const note = (indices: number[]) => ({ note: (index: number) => indices.push(index) });
      expect(standalone.call(note(noted[0]), body)).toBe(validate.call(note(noted[1]) as never, body));
      expect(standalone.errors).toEqual(validate.errors);
      expect(noted[0]).toEqual(noted[1]);
    }
  });
});
