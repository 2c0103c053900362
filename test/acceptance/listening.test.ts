import { webcrypto } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  boxAad,
  parseBox,
  sittingMediaContext,
  type FetchedPaper,
  type Joined,
  type MediaView,
  type PlayReply,
  type Played,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { freePort } from '../../scripts/process/free-port.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { fetchPaper } from '../../scripts/steps/fetch-paper.ts';
import { openPaper } from '../../scripts/steps/open-paper.ts';
import { listeningExam, type ListeningExam } from '../support/listening.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { wavOf } from '../support/sound.ts';

const TEST_MS = 120_000;
/** More than one piece. */
const SOUND = wavOf(140);
const PUPILS = [
  { number: '110041', name: 'Nguyễn Thị Ánh Nguyệt' },
  { number: '110042', name: 'Trần Văn Bình' },
];

let stage: RunningSchool;
let exam: ListeningExam;
let api: ApiClient;
let paper: FetchedPaper;
let joined: Joined;
let recording: MediaView;

function play(body: object): Promise<PlayReply> {
  return api.post<PlayReply>('/candidate/play', { epoch: joined.epoch, media: recording.media, ...body });
}

async function given(body: object): Promise<Played> {
  const reply = await play(body);
  if (!reply.ok) throw new Error(reply.code);
  return reply;
}

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  exam = await listeningExam(stage.school, { sound: SOUND, seconds: 600, pupils: PUPILS, plays: 2 });
  const [slip] = exam.slips.slips;
  api = new ApiClient(stage.url);
  await api.post('/candidate/sign-in', { exam: exam.slips.exam, number: slip?.number, code: slip?.code });
  paper = await fetchPaper(api);
}, TEST_MS);

describe('a recording in a paper', () => {
  it(
    'travels sealed before the exam, in files of their own, and its key does not',
    { timeout: TEST_MS },
    async () => {
      expect(paper.media?.length).toBe(2);
      for (const address of paper.media ?? [])
        paper.boxes.set(address, await api.download(`/candidate/boxes/${address}`));
      await stage.school.proctor.api.post(`/exams/${exam.exam.id}/start`);
      joined = await api.post<Joined>('/candidate/join', { device: 'may-1' });
      const slots = await openPaper(paper, joined.sectionKey ?? '');
      const [run] = slots.flatMap(({ view }) => view.stem.flat()).filter((one) => one.t === 'media');
      expect(run).toMatchObject({
        kind: 'audio',
        title: 'Bài nghe 1',
        plays: 2,
        file: { type: 'audio/wav', length: 140_000 },
      });
      expect(JSON.stringify(slots)).not.toContain('Lời thoại kín');
      recording = run as MediaView;
    },
  );

  it('is opened by the key of a play, and is what its author uploaded', async () => {
    const first = await given({ play: newId() });
    expect(first).toMatchObject({ number: 1, offset: 0 });
    expect((await opened(first.key ?? '')).equals(SOUND)).toBe(true);
  });

  it(
    'is counted by the server, over a kill and a restart, and refused when no play is left',
    { timeout: TEST_MS },
    async () => {
      await stage.server.kill();
      await stage.server.start();
      expect(await given({})).toMatchObject({ number: 1 });
      expect(await given({ play: newId() })).toMatchObject({ number: 2 });
      expect(await play({ play: newId() })).toMatchObject({
        ok: false,
        code: 'plays-used',
        values: { plays: 2 },
      });
    },
  );

  it('lies nowhere in clear on the disk of the server', async () => {
    await stage.server.kill();
    const files = readdirSync(stage.place.data, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const needle = SOUND.subarray(50_000, 50_064);
    const found = files.filter(({ parentPath, name }) =>
      readFileSync(join(parentPath, name)).includes(needle),
    );
    expect(found).toEqual([]);
  });
});

async function opened(key: string): Promise<Buffer> {
  const { file, media } = recording;
  const imported = await webcrypto.subtle.importKey('raw', Buffer.from(key, 'base64url'), 'AES-GCM', false, [
    'decrypt',
  ]);
  const pieces: Buffer[] = [];
  for (const [n, address] of (file?.pieces ?? []).entries()) {
    const parts = parseBox(paper.boxes.get(address) ?? new Uint8Array());
    if (!parts) throw new Error('no box');
    const context = sittingMediaContext(paper.tenant, media, n, file?.pieces.length ?? 0);
    const additionalData = boxAad(context, parts.keyId);
    pieces.push(
      Buffer.from(
        await webcrypto.subtle.decrypt(
          { name: 'AES-GCM', iv: parts.iv, additionalData },
          imported,
          parts.sealed,
        ),
      ),
    );
  }
  return Buffer.concat(pieces).subarray(0, file?.bytes);
}
