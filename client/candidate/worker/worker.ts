/** What the build says of the page that this worker belongs to (`vite-page-worker.ts`). */
declare const NIEM_PAGE: {
  /** SHA-256 of the page as it is served, hex. */
  hash: string;
  /** Addresses of its files, whose names change with their content. */
  files: readonly string[];
};

const { hash, files } = NIEM_PAGE;
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const { pathname: PAGE, origin: ORIGIN } = new URL(worker.registration.scope);
const FAMILY = 'niem-page-';
const CACHE = FAMILY + hash.slice(0, 16);
/** A page that has not begun to arrive after this time comes from the device, in ms. */
const PATIENCE = 5000;

async function hashOf(answer: Response): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One file after the other, so that an exam on a slow line goes first. */
async function fill(cache: Cache): Promise<void> {
  const page = await fetch(PAGE, { cache: 'no-store' });
  if (!page.ok || (await hashOf(page.clone())) !== hash) throw new Error('the page is of another build');
  for (const file of files) await cache.add(file);
  await cache.put(PAGE, page);
}

/** Page and files of one build, or nothing. */
async function install(): Promise<void> {
  try {
    await fill(await caches.open(CACHE));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  await worker.skipWaiting();
}

/** The files of the build before stay: a page of it may be open and want one of them yet. */
async function activate(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function kept(path: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? caches.match(path);
}

/** From the server while there is one, so that nobody sees the page of an earlier build. */
async function page(event: FetchEvent): Promise<Response> {
  const preloaded: Promise<Response | undefined> = event.preloadResponse;
  const answer = preloaded.then((found) => found ?? fetch(event.request));
  event.waitUntil(answer.catch(() => {}));
  const silence = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
  const fresh = await Promise.race([answer, silence]).catch(() => null);
  if (fresh && fresh.status < 500) return fresh;
  return (await kept(PAGE)) ?? answer;
}

async function file({ request }: FetchEvent): Promise<Response> {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
/** Everything that is not answered here, the interface of the server above all, goes to the network untouched. */
worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== ORIGIN || event.request.method !== 'GET') return;
  const isPage = pathname === PAGE || pathname.startsWith(`${PAGE}/`);
  if (event.request.mode === 'navigate' && isPage) event.respondWith(page(event));
  else if (pathname.startsWith('/candidate/assets/')) event.respondWith(file(event));
});
