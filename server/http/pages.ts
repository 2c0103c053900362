import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { CANDIDATE_PAGE, CANDIDATE_WORKER } from '#bank/protocol';
import { newNonce, pagePolicy, type PagePolicy } from './security-headers.ts';

/** Stands in a page's HTML where the nonce of each answer goes. */
const NONCE_MARK = '__NIEM_NONCE__';

/** A text of the build that is held in memory. */
interface Built {
  text: string;
  /** As brotli, where it is the same for everybody and the build compressed it. */
  brotli: Buffer | null;
}

interface Page extends Built {
  policy: PagePolicy;
}

const COMPRESSED_TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A worker fetches files of this server and nothing else; a browser asks each time whether there is a new one. */
const WORKER_HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy': "default-src 'none'; connect-src 'self'",
};

/**
 * The browser pages as they were built: `/thi` for candidates, `/staff` for everybody else. Files with a hash in
 * their name are cached for good, the pages themselves never. The candidate's page has a service worker, which keeps it
 * for the time when no server can be reached.
 */
export function pageRoutes(clientDir: string): Router {
  const router = Router();
  const candidate = readPage(join(clientDir, 'candidate'));
  const staff = readPage(join(clientDir, 'staff'));
  const worker = readBuilt(join(clientDir, 'candidate', CANDIDATE_WORKER));
  router.get('/', (_request, response) => response.redirect(CANDIDATE_PAGE));
  router.get(CANDIDATE_WORKER, (request, response, next) => {
    if (!worker) return next();
    response.set(WORKER_HEADERS).type('js');
    sendBuilt(worker, request, response);
  });
  router.get([CANDIDATE_PAGE, `${CANDIDATE_PAGE}/:exam`], (request, response) =>
    sendPage(candidate, request, response),
  );
  router.get('/staff', (request, response) => sendPage(staff, request, response));
  for (const app of ['candidate', 'staff']) {
    const options = { immutable: true, maxAge: '1y', index: false, redirect: false } as const;
    const assets = join(clientDir, app, 'assets');
    router.use(`/${app}/assets`, preferBrotli(assets), express.static(assets, options));
  }
  return router;
}

/** A page and the hashes of its inline code, which the client build wrote beside it. */
function readPage(dir: string): Page | null {
  const built = readBuilt(join(dir, 'index.html'));
  if (!built) return null;
  const manifest = join(dir, 'manifest.json');
  const policy = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as PagePolicy) : {};
  return { ...built, policy };
}

function readBuilt(file: string): Built | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const isSame = !text.includes(NONCE_MARK) && existsSync(`${file}.br`);
  return { text, brotli: isSame ? readFileSync(`${file}.br`) : null };
}

/** Answers with the brotli file beside an asset, where the build made one and the browser takes it. */
function preferBrotli(dir: string) {
  const made = new Set(existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.br')) : []);
  return (request: Request, response: Response, next: NextFunction): void => {
    const type = COMPRESSED_TYPES[extname(request.path)];
    if (type && made.has(`${request.path.slice(1)}.br`)) {
      response.vary('accept-encoding');
      if (request.acceptsEncodings('br')) {
        response.set({ 'content-encoding': 'br', 'content-type': type });
        request.url = request.url.replace(request.path, `${request.path}.br`);
      }
    }
    next();
  };
}

function sendPage(page: Page | null, request: Request, response: Response): void {
  if (!page) {
    response.status(503).type('text/plain').send('The pages are not built. Run "npm run build".\n');
    return;
  }
  const nonce = newNonce();
  const styles = page.text.includes(NONCE_MARK) ? [`'nonce-${nonce}'`] : [];
  const policy = { ...page.policy, styles: [...(page.policy.styles ?? []), ...styles] };
  response.set('content-security-policy', pagePolicy(request, policy));
  response.set('cache-control', 'no-store');
  response.type('html');
  sendBuilt(page, request, response, nonce);
}

function sendBuilt({ text, brotli }: Built, request: Request, response: Response, nonce = ''): void {
  if (brotli) response.vary('accept-encoding');
  if (brotli && request.acceptsEncodings('br')) response.set('content-encoding', 'br').send(brotli);
  else response.send(text.replaceAll(NONCE_MARK, nonce));
}
