import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documents, ROOT, textOf } from './documents.test.support.ts';

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/[`*]|\]\([^)]*\)/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(document: string): ReadonlySet<string> {
  const text = textOf(document).replaceAll(/^```.*?^```$/gms, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const named = [...text.matchAll(/<a id="([^"]*)">/g)].map(([, name = '']) => name);
  return new Set([...headings, ...named]);
}

test.each(documents)('the links of %s lead somewhere', document => {
  const prose = textOf(document).replaceAll(/^```.*?^```$/gms, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter(link => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : normalize(join(dirname(document), path));
    if (!existsSync(fileURLToPath(new URL(target, ROOT)))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('every guide is reached from the README', () => {
  const readme = textOf('README.md');
  const guides = documents.filter(document => !document.endsWith('README.md'));
  expect(guides.filter(guide => !readme.includes(`](${guide})`))).toEqual([]);
});

test('the README is read in two minutes', () => {
  expect(textOf('README.md').length).toBeLessThan(8000);
});
