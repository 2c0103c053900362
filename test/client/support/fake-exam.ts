import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { Router, type Response as HttpResponse } from 'express';
import { Server } from 'socket.io';
import { itemKind, type ItemContent } from '#bank/item';
import { renderMath } from '#bank/item/math';
import {
  indexBoxContext,
  viewBoxContext,
  type CandidateEvent,
  type Electives,
  type PaperIndex,
  type SaveEntry,
  type StateWord,
} from '#bank/protocol';
import { newId, newToken, packJson, randomKey, sealBox } from '#bank/vault';

const DIST = join('dist', 'client', 'candidate');
export const isBuilt = existsSync(join(DIST, 'index.html'));

const text = (v: string) => [[{ t: 'text' as const, v }]];
const tex = (v: string, formula: string) => [
  [
    { t: 'text' as const, v },
    { t: 'math' as const, tex: formula },
  ],
];
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: tex(`Phương án ${id}: `, '\\frac{1}{2}') }));
const FIGURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Content and part of the paper, and the slot of the reading that it belongs to. */
export type FakeItem = [content: ItemContent, part: number, reading?: number];

/** One item of every kind that each page carries, with formulas, a picture and a reading. */
const ITEMS: FakeItem[] = [
  [{ kind: 'choice', shuffle: false, stem: tex('Chu kì là ', '2\\pi\\sqrt{\\ell/g}'), options }, 0],
  [
    {
      kind: 'multiple',
      shuffle: true,
      stem: [[{ t: 'image', mime: 'image/png', data: FIGURE, alt: 'Đồ thị' }]],
      options,
    },
    0,
  ],
  [{ kind: 'description', stem: tex('Ngữ liệu: ', '\\begin{cases} x=1 \\\\ y=2 \\end{cases}') }, 1],
  [{ kind: 'tfCluster', stem: text('Xét các ý'), statements: options }, 1, 2],
  [{ kind: 'numeric', stem: text('Tính tốc độ'), unit: 'm/s' }, 2],
  [{ kind: 'shortText', stem: text('ẬỄỖỮỰ nghiêng Đường là gì?') }, 2],
  [
    {
      kind: 'matching',
      stem: text('Ghép'),
      prompts: options.slice(0, 2),
      choices: ['x', 'y', 'z'].map((id) => ({ id, text: text(`ý ${id}`) })),
    },
    2,
  ],
];

const PARTS = ['Phần I. Chọn', 'Phần II. Đúng sai', 'Phần III. Trả lời ngắn'].map((title) => ({ title }));

/** Seals the items as an exam does: a box and a key each, an index under each section key; with one key one for all. */
function sealPaper(
  attempt: string,
  keys: readonly Uint8Array[],
  items: readonly FakeItem[],
  electives?: Electives,
) {
  const tenant = 'main';
  const base64 = (box: Uint8Array) => Buffer.from(box).toString('base64');
  const boxes = new Map<string, Uint8Array>();
  const slots = items.map(([content, part, reading]): PaperIndex['slots'][number] => {
    const kind = itemKind(content.kind);
    const tokens = new Map(kind.partIds(content).map((id) => [id, newToken()]));
    const view = kind.toView(content, { token: (id) => tokens.get(id) ?? '', math: renderMath });
    const [address, key] = [newId(), randomKey()];
    boxes.set(address, sealBox(key, 'view', viewBoxContext(tenant, address), packJson(view)));
    const order = kind.shuffled(content).parts.map((id) => tokens.get(id) ?? '');
    const points = content.kind === 'description' ? 0 : 25;
    const text = Buffer.from(key).toString('base64url');
    return { address, key: text, kind: content.kind, part, points, order, ...(reading && { reading }) };
  });
  const [index = '', ...later] = keys.map((key, section) => {
    const content =
      keys.length === 1
        ? { parts: PARTS, slots, ...(electives && { electives }) }
        : sectionIndex(slots, section);
    return base64(sealBox(key, 'section', indexBoxContext(tenant, attempt, section), packJson(content)));
  });
  const addresses = [...boxes.keys()].sort();
  return {
    paper: { tenant, exam: newId(), attempt, index, ...(later.length > 0 && { later }), addresses },
    boxes,
  };
}

function sectionIndex(slots: PaperIndex['slots'], section: number): PaperIndex {
  const before = slots.filter(({ part }) => part < section);
  const mine = slots.filter(({ part }) => part === section);
  const questions = before.filter(({ kind }) => kind !== 'description').length;
  return {
    parts: PARTS.slice(0, section + 1),
    before: { slots: before.length, questions },
    slots: mine.map(({ reading, ...slot }) => ({
      ...slot,
      ...(reading !== undefined && { reading: reading - before.length }),
    })),
  };
}

/** As strict as the service is: nothing from elsewhere, no inline code but what the build names. */
function policy(scripts: string[], styles: string[], host: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts.join(' ')}`,
    `style-src 'self' ${styles.join(' ')}`,
    "img-src 'self' blob:",
    'media-src blob:',
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The build as it is served, or the next one, in which the page and the name of one file are others. */
class Deployed {
  html = readFileSync(join(DIST, 'index.html'), 'utf8');
  worker = readFileSync(join(DIST, 'thi-sw.js'), 'utf8');
  /** A file that the page asks for only when somebody wants it, by its name in the build. */
  readonly tool = readdirSync(join(DIST, 'assets')).find((name) => /^keys-.*\.js$/.test(name)) ?? '';
  /** What that file is called now. */
  name = this.tool;

  next(build: string): void {
    const before = { hash: hashOf(this.html), name: this.name };
    this.html += `<!-- ${build} -->`;
    this.name = `keys-${build}.js`;
    this.worker = this.worker.replace(before.hash, hashOf(this.html)).replace(before.name, this.name);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How long a later section lasts. */
const SECTION_MS = 10 * 60_000;

/** A server that plays one candidate's exam on the real page: no store, no rules, everything by hand. */
export async function fakeExam(sections = 1, items: readonly FakeItem[] = ITEMS, electives?: Electives) {
  const attempt = newId();
  const keys = Array.from({ length: sections }, () => randomKey());
  const { paper, boxes } = sealPaper(attempt, keys, items, electives);
  const answers = new Map<number, SaveEntry>();
  const state = {
    word: { state: 'waiting' } as Partial<StateWord>,
    isSignedIn: false,
    isReleased: false,
    isDown: false,
  };
  const word = (): StateWord => ({
    state: 'waiting',
    now: Date.now(),
    ...(state.word.state === 'running' && {
      sectionKey: Buffer.from(keys[state.word.section?.number ?? 0] ?? '').toString('base64url'),
    }),
    ...state.word,
  });
  const joined = () => ({
    ok: true,
    ...word(),
    epoch: 1,
    nextSeq: answers.size + 1,
    watermark: answers.size,
    answers: [...answers.values()],
  });
  const save = ({ entries }: { entries: SaveEntry[] }) => {
    for (const entry of entries) answers.set(entry.seq, entry);
    return { ok: true, watermark: answers.size, at: Date.now() };
  };
  const submit = () => {
    state.word = { state: 'submitted', receipt: '7K3M9QX2VB4D', proof: { jws: 'j', salt: 's' } };
    return { ok: true, ...state.word };
  };
  const nextSection = () => {
    const number = (state.word.section?.number ?? 0) + 1;
    state.word = {
      ...state.word,
      section: { number, count: sections, endsAt: Date.now() + SECTION_MS },
    };
    return { ok: true, ...word() };
  };
  const play = () => ({ ok: true, number: 0 });
  const chunk = () => ({ ok: true, at: Date.now() });
  const replies = { join: joined, save, chunk, submit, next: nextSection, play };
  const refuse = (response: HttpResponse, status: number, code: string, title: string) =>
    response.status(status).type('application/problem+json').send(JSON.stringify({ code, title, status }));

  const api = Router();
  api.use(express.json());
  api.post('/sign-in', (request, response) => {
    if (request.body.code !== 'DUNG')
      return refuse(response, 401, 'wrong-credentials', 'Thông tin không đúng.');
    state.isSignedIn = true;
    return response.status(204).end();
  });
  api.use((request, response, next) => {
    if (state.isSignedIn) next();
    else if (request.path === '/me') response.json(null);
    else refuse(response, 401, 'sign-in-required', 'Hãy đăng nhập.');
  });
  const me = {
    attempt,
    exam: paper.exam,
    title: 'Vật lí 11',
    name: 'Nguyễn Thị Ánh Nguyệt',
    number: '110042',
  };
  api.get('/me', (_request, response) => {
    response.json({ ...me, durationSeconds: 2700, spreadMs: 0, language: 'vi', ...word() });
  });
  api.get('/paper', (_request, response) => void response.json(paper));
  api.get('/boxes/:address', ({ params: { address } }, response) => {
    response.type('application/octet-stream').send(Buffer.from(boxes.get(address) ?? []));
  });
  api.post('/ticket', (_request, response) => void response.json({ ticket: newId() }));
  api.get('/result', (_request, response) => {
    if (!state.isReleased) return refuse(response, 409, 'result-not-released', 'Kết quả chưa được công bố.');
    const questions = [1, 2, 3].map((number) => ({
      number,
      slot: number - 1,
      points: 25,
      max: 25,
      ...(electives && number > 1 && { uncounted: number === 2 ? 'beyond-choice' : 'other-branch' }),
    }));
    return response.json({ state: 'marked', rounded: 75, max: 150, questions });
  });
  const deployed = new Deployed();
  const web = express();
  web.use((_request, response, next) => {
    if (state.isDown) response.status(502).type('html').send('<h1>502 Bad Gateway</h1>');
    else next();
  });
  web.use('/api/v1/candidate', api);
  web.get(/^\/candidate\/assets\/keys-/, (request, response) => {
    const isThere = request.path.endsWith(`/${deployed.name}`);
    if (isThere) response.type('js').send(readFileSync(join(DIST, 'assets', deployed.tool)));
    else response.status(404).end();
  });
  web.use('/candidate', express.static(DIST));
  web.get('/thi-sw.js', (_request, response) => void response.type('js').send(deployed.worker));
  web.get(['/thi', '/thi/:exam'], (request, response) => {
    const { scripts, styles } = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8'));
    response.set('content-security-policy', policy(scripts, styles, request.host));
    response.type('html').send(deployed.html);
  });
  const server = createServer(web);
  const sockets = new Server(server, { transports: ['websocket'] });
  const candidates = sockets.of('/candidate');
  candidates.on('connection', (socket) => {
    socket.onAny((event: string, body: { entries: SaveEntry[] }, acknowledge: (reply: unknown) => void) =>
      acknowledge(replies[event as CandidateEvent](body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/thi/VL11AB`,
    /** Puts the attempt into a state and tells the page. */
    say(next: Partial<StateWord>) {
      state.word = next;
      candidates.emit('state', word());
    },
    /** The time of a section is over: the next begins. */
    nextSection() {
      nextSection();
      candidates.emit('state', word());
    },
    deployed,
    /** What has been saved, in its order. */
    answers: () => [...answers.values()],
    /** Has a proxy answer in place of a server that is down, or ends that. */
    fail(isDown: boolean) {
      state.isDown = isDown;
      if (isDown) candidates.disconnectSockets();
    },
    supersede: () => void candidates.emit('superseded'),
    release() {
      state.isReleased = true;
    },
    async stop() {
      await sockets.close();
    },
  };
}
