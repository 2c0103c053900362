import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';

const DIST = join('dist', 'client', 'staff');
const KB = 1024;

const read = (name: string) => readFileSync(join(DIST, 'assets', name), 'utf8');
const page = () => readFileSync(join(DIST, 'index.html'), 'utf8');
const namesIn = (code: string, pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => name ?? '');
const neededBy = (code: string) => namesIn(code, /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
const loadedBy = (code: string) => namesIn(code, /import\(\s*["'`]\.\/([^"'`]+\.js)["'`]\s*\)/g);

/** A script with all that it cannot run without. */
function whole(name: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const needed of neededBy(read(name))) whole(needed, found);
  return found;
}

const weight = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);

describe('the built pages of staff', () => {
  beforeEach((context) => {
    if (!existsSync(join(DIST, 'index.html'))) context.skip('dist/client is not built: run "npm run build"');
  });

  const entry = () => /src="\/staff\/assets\/([^"]+\.js)"/.exec(page())?.[1] ?? '';

  it('need at most 180 KB of script for the first route', () => {
    const first = whole(entry());
    expect(weight(first)).toBeGreaterThan(50 * KB);
    expect(weight(first)).toBeLessThanOrEqual(180 * KB);
  });

  it('need at most 60 KB more for a further route, 220 KB for the editors and for what is loaded later', () => {
    const first = whole(entry());
    const more = (name: string) => weight([...whole(name)].filter((one) => !first.has(one)));
    const routes = loadedBy([...first].map(read).join('\n'));
    expect(routes.length).toBeGreaterThan(15);
    const heavy = routes.filter((route) => {
      const budget = /^(?:write-item|parametric-page)/.test(route) ? 220 : 60;
      return more(route) > budget * KB;
    });
    expect(heavy).toEqual([]);
    const later = routes.flatMap((route) => [...whole(route)].flatMap((name) => loadedBy(read(name))));
    expect(later.some((name) => name.startsWith('sized-view'))).toBe(true);
    for (const name of later) expect(more(name)).toBeLessThanOrEqual(220 * KB);
  });

  it('have no inline code, and a mark for the nonce of each answer', () => {
    expect(page()).not.toMatch(/<style|<script(?![^>]*\ssrc=)| style=| on[a-z]+=/);
    expect(page()).toContain('nonce="__NIEM_NONCE__"');
  });

  it('have no way to run text', () => {
    const scripts = loadedBy([...whole(entry())].map(read).join('\n')).flatMap((route) => [...whole(route)]);
    const code = [...new Set([...whole(entry()), ...scripts])].map(read).join('\n');
    expect(code).not.toMatch(/\beval\(|new Function\(/);
  });
});
