import { expect, test } from 'vitest';
import { isAutomaticVersion, isDottedHandler, isMountId, isPageTime } from './formats.ts';

test.each([
  '2019-10-25 15:37:27',
  '2024-02-29 00:00:00',
  '2024-05-01T10:00:00Z',
  '2024-05-01T10:00:00.123+08:00',
])('%s is a time of the page', text => {
  expect(isPageTime(text)).toBe(true);
});

test.each([
  '2019-10-25',
  '2019-10-25 15:37',
  '2019-02-29 15:37:27',
  '2019-13-01 15:37:27',
  '2019-10-25 25:37:27',
  '2019-10-25 15:37:27Z',
  '2024-05-01T10:00:00',
  '2024-05-01\t10:00:00Z',
  '1571988447',
  '',
])('%j is none', text => {
  expect(isPageTime(text)).toBe(false);
});

test('an automatic version names a real date and time', () => {
  expect(isAutomaticVersion('v20191025-153727')).toBe(true);
  for (const text of [
    'v20191325-153727',
    'v20190229-153727',
    'v20191025-253727',
    '20191025-153727',
    'v2019-10-25',
  ]) {
    expect(isAutomaticVersion(text), text).toBe(false);
  }
});

test('a handler has a period with something on both sides', () => {
  for (const text of ['a.b', 'index.handler', 'com.example.Handler.run', 'a..b'])
    expect(isDottedHandler(text), text).toBe(true);
  for (const text of ['handler', '.handler', 'handler.', '.', ''])
    expect(isDottedHandler(text), text).toBe(false);
});

test('a mount id is -1 or 1..65534', () => {
  for (const text of ['-1', '1', '65534']) expect(isMountId(text), text).toBe(true);
  for (const text of ['0', '-2', '65535', '01', '1.0', 'root']) expect(isMountId(text), text).toBe(false);
});
