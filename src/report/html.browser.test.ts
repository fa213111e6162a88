/** The HTML report in a real browser. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import type { Report } from '../verdict/report.ts';
import { failed, failingReport, findingAt, publication, reportWith } from './example.test.reports.ts';
import { hostileReport } from './hostile.test.reports.ts';
import { htmlReport } from './html.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

let browser: Browser;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'html-report-'));
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await rm(dir, { recursive: true, force: true });
});

/** A page that shows the report, and everything that went wrong in it. */
interface Shown {
  readonly page: Page;
  readonly url: string;
  readonly troubles: string[];
}

async function show(report: Report, options: BrowserContextOptions & { hash?: string } = {}): Promise<Shown> {
  const { hash = '', ...context } = options;
  const path = join(dir, `${Math.random()}.html`);
  await writeFile(path, htmlReport(report));
  const url = pathToFileURL(path).href;
  const page = await (await browser.newContext(context)).newPage();
  const troubles: string[] = [];
  page.on('console', message => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', error => troubles.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', request => {
    if (request.url().split('#')[0] !== url && !request.url().startsWith('data:')) {
      troubles.push(`request: ${request.url()}`);
    }
  });
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', e => console.log('violates ' + e.violatedDirective + ' ' + e.blockedURI))",
  );
  await page.goto(url + hash);
  return { page, url, troubles };
}

function row(page: Page, id: string) {
  return page.locator(`details[id="${id}"]`);
}

/** Ids of the clauses that are to be seen. */
async function seenClauses(page: Page): Promise<readonly string[]> {
  return page.$$eval('.clause:not(.excluded)', rows =>
    rows.filter(each => each.checkVisibility()).map(each => each.id),
  );
}

describe('a hostile target', () => {
  test('runs nothing, loads nothing and breaks out of nothing', async () => {
    const { page, troubles, url } = await show(hostileReport());
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.mouse.move(400, 400);
    await page.getByRole('searchbox').fill('<script>');
    expect(await page.title()).toMatch(/^nonconformant: /);
    expect(page.url()).toBe(url);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, base, form form, [onerror], [onclick], [onload]').count()).toBe(
      0,
    );
    const links = await page.$$eval('a', all => all.map(link => link.getAttribute('href') ?? ''));
    expect(links.filter(href => !href.startsWith('#'))).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('is shown what it sent, in letters', async () => {
    const text = '<script>alert(1)</script>\u202e\u0000';
    const { page } = await show(
      reportWith({ 'body.cpu.type': failed(findingAt('cpu', text, `cpu is ${text}`)) }),
      { hash: '#body.cpu.type' },
    );
    const shown = await row(page, 'body.cpu.type').locator('.message').textContent();
    expect(shown).toBe('cpu is <script>alert(1)</script>\\u202e\\u0000');
    expect(await row(page, 'body.cpu.type').locator('pre mark').textContent()).toBe(
      '"cpu": "<script>alert(1)</script>\u202e\\u0000"'.replace('\u202e', '\\u202e'),
    );
  });

  test('cannot make the file large', async () => {
    const body = JSON.stringify({ ...exampleVersion, description: 'x'.repeat(3_000_000), memory_size: 129 });
    const report = reportWith({
      'body.memory_size.values': failed({
        message: 'memory_size is 129',
        pointer: '/memory_size',
        exchange: publication(body),
      }),
    });
    const { page, troubles } = await show(report, { hash: '#body.memory_size.values' });
    expect(htmlReport(report).length).toBeLessThan(htmlReport(reportWith()).length + 50_000);
    expect(await row(page, 'body.memory_size.values').getByText('characters more').count()).toBe(1);
    expect(troubles).toEqual([]);
  });
});

describe('a row', () => {
  test('opens by a link to its clause, with the offending member marked', async () => {
    const { page, troubles } = await show(failingReport(), { hash: '#body.memory_size.values' });
    const opened = row(page, 'body.memory_size.values');
    await opened.locator('.message').waitFor();
    expect(await opened.locator('pre mark').textContent()).toBe('"memory_size": 129');
    await opened.locator('summary:focus').waitFor();
    expect(troubles).toEqual([]);
  });

  test('opens by its link in the list of what fails, even when a filter hides it', async () => {
    const { page } = await show(failingReport());
    await page.getByText('pass 3').click();
    await page.getByRole('link', { name: 'request.function_urn.absent' }).first().click();
    const opened = row(page, 'request.function_urn.absent');
    await opened.locator('.message').waitFor();
    expect(await opened.locator('pre mark').textContent()).toBe('500');
  });

  test('opens by keyboard alone', async () => {
    const { page } = await show(failingReport());
    await row(page, 'body.func_urn.present').locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await row(page, 'body.func_urn.present').locator('.missing').textContent()).toBe(
      '/func_urn is not in this body',
    );
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Request');
  });

  test('gives the command to copy, as it is', async () => {
    const { page } = await show(failingReport(), {
      hash: '#body.memory_size.values',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const opened = row(page, 'body.memory_size.values');
    await opened.getByRole('button', { name: 'Copy' }).click();
    await opened.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      findingAt('memory_size', 129, '').reproduce,
    );
  });
});

describe('the filters', () => {
  test('by verdict, level and text go together', async () => {
    const { page } = await show(failingReport());
    expect(await seenClauses(page)).toHaveLength(clauses.length);
    await page.getByText('fail 7').click();
    expect(await seenClauses(page)).toHaveLength(7);
    await page.getByText('recommended', { exact: true }).first().click();
    expect(await seenClauses(page)).not.toContain('header.content-type.error');
    await page.getByRole('searchbox').fill('MEMORY 129');
    expect(await seenClauses(page)).toEqual(['body.memory_size.values']);
    expect(await page.getByRole('status').textContent()).toBe(`1 of ${clauses.length} clauses`);
    await page.getByRole('searchbox').fill('no such text');
    expect(await page.getByText('No clause matches').isVisible()).toBe(true);
  });

  test('are not there without a script, and everything else is', async () => {
    const { page } = await show(failingReport(), { javaScriptEnabled: false });
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
    await row(page, 'body.memory_size.values').locator('summary').click();
    expect(await row(page, 'body.memory_size.values').locator('.message').isVisible()).toBe(true);
  });
});

test('paper has the verdict, the findings of what fails and why the rest was not exercised, and nothing else', async () => {
  const { page } = await show(failingReport(), { colorScheme: 'dark' });
  const message = row(page, 'body.memory_size.values').locator('.message');
  const reason = page.locator('.not-exercised-reasons dt').first();
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  await page.emulateMedia({ media: 'print' });
  expect(await message.isVisible()).toBe(true);
  expect(await reason.isVisible()).toBe(true);
  expect(await page.locator('form').isVisible()).toBe(false);
  expect(await page.locator('.clause.pass:visible').count()).toBe(0);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await message.isVisible()).toBe(false);
  expect(await reason.isVisible()).toBe(false);
});

test('paper has everything when that is asked for', async () => {
  const { page } = await show(failingReport());
  await page.getByText('Print all').click();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.clause.pass:visible').count()).toBeGreaterThan(100);
});

test('a link opens its clause without a script, and the first link of all goes to what fails', async () => {
  const { page } = await show(failingReport(), {
    javaScriptEnabled: false,
    hash: '#body.memory_size.values',
  });
  expect(await row(page, 'body.memory_size.values').locator('.message').isVisible()).toBe(true);
  expect(await row(page, 'body.func_urn.present').locator('.message').isVisible()).toBe(false);
  expect(await page.locator('a.skip').getAttribute('href')).toBe('#failing');
});

describe.each([
  ['desktop', { width: 1280, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const)('on a %s', (_, viewport) => {
  test.each(['light', 'dark'] as const)('everyone can read it, %s', async colorScheme => {
    const { page } = await show(failingReport(), { viewport, colorScheme, hash: '#body.memory_size.values' });
    await page.getByText('fail 7').click();
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))",
    );
    expect(violations).toEqual([]);
  });

  test('nothing is wider than the window', async () => {
    const { page } = await show(failingReport(), { viewport });
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  });
});

test('every clause may fail three times and the report still opens at once', async () => {
  const three = failed(
    ...['a', 'b', 'c'].map(each => findingAt('memory_size', 129, `memory_size is 129, ${each}`)),
  );
  const report = reportWith(Object.fromEntries(clauses.map(({ id }) => [id, three])));
  const began = performance.now();
  const { page } = await show(report, { hash: '#robustness.readable' });
  await row(page, 'robustness.readable').locator('.message').first().waitFor();
  expect(performance.now() - began).toBeLessThan(15_000);
  await page.getByRole('searchbox').fill('robustness');
  expect(await seenClauses(page)).toHaveLength(
    clauses.filter(({ id }) => id.startsWith('robustness')).length,
  );
});
