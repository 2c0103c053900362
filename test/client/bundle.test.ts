import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';

const DIST = join('dist', 'client', 'candidate');
const KB = 1024;
/** Kinds whose renderers, and recordings whose players, are loaded when a paper has them. */
const RARE = /^(matching|ordering|cloze|gap-(match|text)|hot-text|hotspot|media|sitting-media)-/;

const read = (...path: string[]) => readFileSync(join(DIST, ...path));
const gzipped = (bytes: Buffer) => gzipSync(bytes, { level: 9 }).length;
const assets = (test: RegExp) => readdirSync(join(DIST, 'assets')).filter((name) => test.test(name));
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the built page of the candidate', () => {
  beforeEach((context) => {
    if (!existsSync(join(DIST, 'index.html.br')))
      context.skip('dist/client is not built: run "npm run build"');
  });

  it('comes in one response that fits the first window of a connection', () => {
    expect(read('index.html.br').length).toBeLessThanOrEqual(14 * KB);
    expect(brotliDecompressSync(read('index.html.br'))).toEqual(read('index.html'));
  });

  it('needs at most 40 KB of script in all, the socket included, without tools, rare kinds, what is chosen, the second language and help for old browsers', () => {
    const inline = Buffer.from(
      /<script[^>]*>([\s\S]*)<\/script>/.exec(String(read('index.html')))?.[1] ?? '',
    );
    const lazy = assets(/\.js$/).filter(
      (name) =>
        !/\.en-|^keys-|^inflate-old-|^(send-)?essay-|^electives-|^rare-/.test(name) && !RARE.test(name),
    );
    const total = [inline, ...lazy.map((name) => read('assets', name))].reduce(
      (sum, js) => sum + gzipped(js),
      0,
    );
    expect(lazy.length).toBe(2);
    expect(total).toBeLessThanOrEqual(40 * KB);
  });

  it('brings the faces of ordinary formulas in at most 90 KB', () => {
    const usual = assets(/^KaTeX_(Main|Math)-(Regular|Italic)|^KaTeX_Size[12]-|katex.*\.css$/).filter(
      (name) => !name.startsWith('KaTeX_Main-Italic'),
    );
    expect(usual.map((name) => name.replace(/-[^-]+$/, '')).length).toBeGreaterThanOrEqual(5);
    const bytes = usual.map((name) =>
      name.endsWith('.css') ? gzipped(read('assets', name)) : read('assets', name).length,
    );
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(90 * KB);
    expect(assets(/\.(woff|ttf)$/)).toEqual([]);
  });

  it('names the hashes of its inline code for the content security policy', () => {
    const html = String(read('index.html'));
    const manifest = JSON.parse(String(read('manifest.json')));
    const inline = (tag: string) =>
      [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, code]) =>
        hash(code ?? ''),
      );
    expect(manifest.scripts).toEqual(inline('script'));
    expect(manifest.styles).toEqual(inline('style'));
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('lists every file with its hash', () => {
    const { files } = JSON.parse(String(read('manifest.json')));
    const real = files.map(({ path }: { path: string }) => ({
      path,
      bytes: read(path).length,
      sha256: createHash('sha256').update(read(path)).digest('hex'),
    }));
    expect(files).toEqual(real);
    const listed = files.map(({ path }: { path: string }) => path);
    expect(listed).toEqual(expect.arrayContaining(assets(/(?<!\.br)$/).map((name) => `assets/${name}`)));
  });

  it('tells its service worker the hash of the page, and every file that the page may want', () => {
    const worker = String(read('thi-sw.js'));
    expect(worker).toContain(createHash('sha256').update(read('index.html')).digest('hex'));
    const told = [...worker.matchAll(/"\/candidate\/(assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(told.sort()).toEqual(
      assets(/(?<!\.br)$/)
        .map((name) => `assets/${name}`)
        .sort(),
    );
    expect(worker).not.toMatch(/\/api\/|^import|^export/m);
  });

  it('carries no scoring, no schemas, no keys of answers and no way to run text', () => {
    const code = [read('index.html'), ...assets(/\.js$/).map((name) => read('assets', name))]
      .map(String)
      .join('\n');
    const words = ['rightMinusWrong', 'allOrNothing', 'caseSensitive', 'TypeBox', 'additionalProperties'];
    expect(words.filter((word) => code.includes(word))).toEqual([]);
    expect(code).not.toMatch(/\beval\(|new Function\(/);
  });
});
