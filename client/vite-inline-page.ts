import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';
import { tellWorker } from './vite-page-worker.ts';

type Bundle = Rolldown.OutputBundle;

/** One file of the build, as `manifest.json` lists it for the ledger. */
interface ListedFile {
  path: string;
  bytes: number;
  sha256: string;
}

function bytesOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk): Buffer {
  return Buffer.from(file.type === 'chunk' ? file.code : file.source);
}

function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const SHARED = 'globalThis.niemPage';

/** `a as b, c` as the members of an object pattern or literal. */
function members(list: string, isExport: boolean): string {
  const pairs = list.split(',').filter((one) => one.trim() !== '');
  return pairs
    .map((one) => one.trim().split(/\s+as\s+/))
    .map(([from = '', to = from]) => (isExport ? `${to}:${from}` : `${from}:${to}`))
    .join(',');
}

/**
 * An inlined module has no address, so its lazy parts cannot import it: what they need of it goes through one
 * global object. They run after it, and what it shares are functions and constants.
 */
function shareEntry(bundle: Bundle, entry: Rolldown.OutputChunk): void {
  const name = entry.fileName.replace(/^.*\//, '').replaceAll('.', '\\.');
  const imported = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*["']\\./${name}["'];?`, 'g');
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk' || file === entry || !file.imports.includes(entry.fileName)) continue;
    file.code = file.code.replace(imported, (_, list: string) => `const{${members(list, false)}}=${SHARED};`);
    if (file.code.includes(entry.fileName.replace(/^.*\//, ''))) {
      throw new Error(`${file.fileName} still imports the entry, which is part of the page`);
    }
  }
  entry.code = entry.code.replace(
    /export\s*\{([^}]*)\};?\s*$/,
    (_, list: string) => `${SHARED}={${members(list, true)}};`,
  );
}

/** The entry as it stands in the page, with the full addresses of its lazy parts. */
function inlineScript(entry: Rolldown.OutputChunk, base: string): string {
  const folder = entry.fileName.replace(/[^/]+$/, '');
  const code = entry.code.replace(/import\(([`"'])\.\//g, `import($1${base}${folder}`).trim();
  if (entry.imports.length > 0 || /^export\b/m.test(code)) throw new Error('the entry does not stand alone');
  if (/<\/script|<!--/i.test(code)) throw new Error('the script cannot stand in a page');
  return code;
}

function replaceTag(html: string, tag: RegExp, replacement: string): string {
  if (!tag.test(html)) throw new Error(`the page has no ${tag}`);
  return html.replace(tag, () => replacement);
}

/**
 * Makes the whole page one response: script and style stand in the HTML, whose hashes go to `manifest.json` for
 * the content security policy. `worker` is the file name of the service worker that keeps the page.
 */
export function inlinePage(worker: string): Plugin {
  let base = '/';
  return {
    name: 'niem:inline-page',
    enforce: 'post',
    configResolved(config) {
      base = config.base;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const page = files.find((file) => file.fileName === 'index.html');
        const keeper = files.find((file) => file.fileName === worker);
        const entry = files.find((file) => file.type === 'chunk' && file.isEntry && file !== keeper);
        const style = files.find(
          (file) => file.fileName.endsWith('.css') && /index|style/.test(file.fileName),
        );
        if (
          page?.type !== 'asset' ||
          entry?.type !== 'chunk' ||
          style?.type !== 'asset' ||
          keeper?.type !== 'chunk'
        ) {
          throw new Error('the build has no page, script, style or worker to put together');
        }
        shareEntry(bundle, entry);
        const script = inlineScript(entry, base);
        const css = String(style.source).trim();
        let html = String(page.source).replace(/>\s+</g, '><').trim();
        html = replaceTag(html, /<link rel="stylesheet"[^>]*>/, `<style>${css}</style>`);
        html = replaceTag(html, /<script type="module"[^>]*><\/script>/, '');
        html = replaceTag(html, /<\/body>/, `<script type="module">${script}</script></body>`);
        page.source = html;
        delete bundle[entry.fileName];
        delete bundle[style.fileName];
        const parts = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
        tellWorker(keeper, html, base, parts);
        const listed: ListedFile[] = Object.values(bundle).map((file) => ({
          path: file.fileName,
          bytes: bytesOf(file).length,
          sha256: createHash('sha256').update(bytesOf(file)).digest('hex'),
        }));
        const manifest = { scripts: [sourceHash(script)], styles: [sourceHash(css)], files: listed };
        const source = `${JSON.stringify(manifest, null, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: 'manifest.json', source });
      },
    },
  };
}
