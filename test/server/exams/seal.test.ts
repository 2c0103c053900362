import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { papersRoot, type Paper } from '#bank/assembly';
import {
  indexBoxContext,
  paperContext,
  PAPER_BOX_STEP,
  PaperIndex,
  poolMapContext,
  viewBoxContext,
  type PoolMapEntry,
} from '#bank/protocol';
import { openBox, unpackJson } from '#bank/vault';
import type { Stored } from '#server/storage';
import { main as verifyPapers } from '../../../scripts/verify/verify-papers.ts';
import { tempDir } from '../../support/temp.ts';
import { leavesOf } from '../../support/ports.ts';
import {
  classList,
  failingStore,
  finished,
  newExam,
  openWorld,
  otherTeacher,
  readyExam,
  sealedExam,
  startExam,
  smallBlueprint,
  teacher,
  TENANT,
  type World,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

async function papersOf(exam: string): Promise<Stored<'papers'>[]> {
  return (await world.store.range('papers', { index: 'by_exam', equals: [exam], limit: 1000 })).docs;
}

async function boxesOf(exam: string): Promise<Stored<'viewBoxes'>[]> {
  return (await world.store.range('viewBoxes', { index: 'by_exam', equals: [exam], limit: 1000 })).docs;
}

function readJson<T>(key: Uint8Array, context: Parameters<typeof openBox>[1], box: Uint8Array): T {
  const packed = openBox(key, context, box);
  expect(packed.length % PAPER_BOX_STEP).toBe(0);
  return unpackJson<T>(packed);
}

async function openSealed<T>(
  line: string,
  context: Parameters<typeof openBox>[1],
  value: Stored<'papers'>['paper'],
) {
  return JSON.parse(Buffer.from(await world.keyring.open(line, context, value)).toString('utf8')) as T;
}

async function start(exam: string): Promise<void> {
  await startExam(world, exam);
  await world.custody.open(exam);
}

async function close(exam: string): Promise<void> {
  await start(exam);
  world.clock.time += 2_700_000;
  await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
}

describe('a sealed exam', () => {
  test('has a paper for every candidate, all different, each opening to what was drawn', async () => {
    const { store, custody } = world;
    world.bank.add(12);
    world.bank.add(1, { parts: [], kind: 'numeric', topic: 'Sóng' });
    const exam = await sealedExam(world, 12);
    const papers = await papersOf(exam);
    expect(papers).toHaveLength(12);
    expect(new Set(papers.map(({ certificate }) => certificate.paperHash)).size).toBe(12);
    await start(exam);
    const line = `exam/${exam}/marking`;
    const pool = await store.get('pools', exam);
    const map = await openSealed<PoolMapEntry[]>(line, poolMapContext(TENANT, exam), pool!.map);
    const entries = new Map(map.map((entry) => [entry.address, entry]));
    for (const doc of papers) {
      const index = readJson<PaperIndex>(
        custody.sectionKey(exam, doc._id),
        indexBoxContext(TENANT, doc._id, 0),
        doc.indexBox,
      );
      const paper = await openSealed<Paper>(line, paperContext(TENANT, doc._id), doc.paper);
      expect(index.slots.map(({ kind }) => kind)).toEqual(doc.kinds);
      expect([...new Set(index.slots.map(({ address }) => address))].sort()).toEqual(doc.addresses);
      for (const [at, slot] of index.slots.entries()) {
        const entry = entries.get(slot.address)!;
        const drawn = paper.slots[at]!;
        expect([entry.item, entry.version]).toEqual([drawn.item, drawn.version]);
        expect(slot.order.map((token) => entry.tokens[token])).toEqual(drawn.order);
        expect(doc.partCounts[at]).toBe(Object.keys(entry.tokens).length);
        const box = await store.get('viewBoxes', slot.address);
        const view = readJson<{ stem: string; options: { token: string; text: string }[] }>(
          Buffer.from(slot.key, 'base64url'),
          viewBoxContext(TENANT, slot.address),
          box!.box,
        );
        expect(view.stem).toBe(`Câu hỏi mật ${drawn.item}`);
        for (const { token, text } of view.options)
          expect(text).toContain(`phương án ${entry.tokens[token]} `);
      }
    }
  });

  test('never holds two enemies, and is balanced by what the bank tells of its items, as published', async () => {
    const traits = { facility: 400, seconds: 90, information: [100, 200, 300], enemies: ['E1'] };
    const enemies = world.bank.add(2, traits).map(({ item }) => item);
    world.bank.add(10);
    const exam = await sealedExam(world, 40);
    const { snapshot = [] } = (await world.store.get('pools', exam)) ?? {};
    expect(snapshot.filter(({ item }) => enemies.includes(item))).toMatchObject([traits, traits]);
    const papers = await Promise.all(
      (await papersOf(exam)).map(({ _id, paper }) =>
        openSealed<Paper>(`exam/${exam}/marking`, paperContext(TENANT, _id), paper),
      ),
    );
    const counts = papers.map(({ slots }) => slots.filter(({ item }) => enemies.includes(item)).length);
    expect(Math.max(...counts)).toBe(1);
  });

  test('has questions that were dealt: every item of a cell is used equally often, give or take one', async () => {
    const exam = await sealedExam(world, 40);
    const { manifest, snapshotHash } = (await world.store.get('exams', exam)) ?? {};
    expect(manifest?.algorithm).toBe('niem-deal/1');
    const uses = new Map<string, Map<string, number>>();
    for (const { _id, paper: box, certificate } of await papersOf(exam)) {
      expect(certificate).toMatchObject({ algorithm: 'niem-deal/1', snapshotHash });
      const paper = await openSealed<Paper>(`exam/${exam}/marking`, paperContext(TENANT, _id), box);
      for (const { cell, item } of paper.slots) {
        const cellUses = uses.get(cell ?? '') ?? new Map<string, number>();
        uses.set(cell ?? '', cellUses.set(item, (cellUses.get(item) ?? 0) + 1));
      }
    }
    expect(uses.size).toBeGreaterThan(0);
    for (const cellUses of uses.values()) {
      const counts = [...cellUses.values()];
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  test('tells the page which reading belongs to which question, and no other', async () => {
    const { bank, custody } = world;
    const [reading] = bank.add(1, { kind: 'description', parts: [] });
    bank.add(2, { stimulus: reading!.item });
    bank.add(2);
    const exam = await sealedExam(world, 4);
    await start(exam);
    for (const doc of await papersOf(exam)) {
      const key = custody.sectionKey(exam, doc._id);
      const { slots } = readJson<PaperIndex>(key, indexBoxContext(TENANT, doc._id, 0), doc.indexBox);
      const at = slots.findIndex(({ kind }) => kind === 'description');
      expect(slots.map((slot) => slot.reading)).toEqual(
        slots.map((_, index) => (index === at + 1 || index === at + 2 ? at : undefined)),
      );
    }
  });

  test('tells the page what there is to choose by slots alone, and the server the branches', async () => {
    const { bank, exams, jobs } = world;
    bank.add(30);
    const { id } = await exams.create(teacher, newExam(bank.id));
    const cell = { count: 2, points: 25, topic: 'Dao động', level: 'KNOW', kind: 'choice' } as const;
    const branches = [
      { id: 'cs', title: 'CS' },
      { id: 'ict', title: 'ICT' },
    ];
    const parts = [
      { title: 'I', cells: [{ ...cell, id: 'c1', count: 3, answer: 2 }] },
      { title: 'II', branch: 'cs', cells: [{ ...cell, id: 'c2' }] },
      { title: 'II', branch: 'ict', cells: [{ ...cell, id: 'c3' }] },
    ];
    await exams.blueprint.set(teacher, id, { blueprint: { branches, parts }, total: 100 });
    await exams.roster.commit(teacher, id, classList(2));
    await finished(jobs, await exams.seal(teacher, id));
    await start(id);
    for (const doc of await papersOf(id)) {
      const key = world.custody.sectionKey(id, doc._id);
      const index = readJson<PaperIndex>(key, indexBoxContext(TENANT, doc._id, 0), doc.indexBox);
      expect(index.electives).toEqual({
        branches: [
          { id: 'cs', title: 'CS', slots: [3, 4] },
          { id: 'ict', title: 'ICT', slots: [5, 6] },
        ],
        groups: [{ answer: 2, slots: [0, 1, 2] }],
      });
      expect(Value.Check(PaperIndex, index)).toBe(true);
      expect(doc).toMatchObject({ branches: ['cs', 'ict'], certificate: { points: 100, questions: 7 } });
    }
  });

  describe('with sections', () => {
    const SECTIONS = [1200, 1500];

    /** Two parts, the first with a reading; sealed and started. */
    async function sealedSections(): Promise<string> {
      const { bank, exams, jobs } = world;
      const [reading] = bank.add(1, { kind: 'description', parts: [] });
      bank.add(2, { stimulus: reading!.item });
      bank.add(12, { topic: 'Sóng' });
      const { id } = await exams.create(teacher, newExam(bank.id, { navigation: { sections: SECTIONS } }));
      const cell = { count: 2, points: 25, level: 'KNOW', kind: 'choice' } as const;
      const parts = [
        { title: 'Phần I', cells: [{ ...cell, id: 'c1', topic: 'Dao động' }] },
        { title: 'Phần II', cells: [{ ...cell, id: 'c2', topic: 'Sóng', answer: 1, points: 50 }] },
      ];
      await exams.blueprint.set(teacher, id, { blueprint: { parts }, total: 100 });
      await exams.roster.commit(teacher, id, classList(4));
      const job = await finished(jobs, await exams.seal(teacher, id));
      expect(job.state).toBe('done');
      await start(id);
      return id;
    }

    test('has an index box for each, which opens with its key only and names nothing of the others', async () => {
      const exam = await sealedSections();
      for (const doc of await papersOf(exam)) {
        const boxes = [
          doc.indexBox,
          ...(doc.later ?? []).map(({ indexBox }) => Buffer.from(indexBox, 'base64')),
        ];
        const keys = boxes.map((_, section) => world.custody.sectionKey(exam, doc._id, section));
        const read = (key: number, box: number) =>
          readJson<PaperIndex>(keys[key]!, indexBoxContext(TENANT, doc._id, box), boxes[box]!);
        const [first, second] = [read(0, 0), read(1, 1)];
        expect(() => read(0, 1)).toThrow(expect.objectContaining({ name: 'CryptoError' }));
        expect(() => read(1, 0)).toThrow(expect.objectContaining({ name: 'CryptoError' }));
        expect(first.slots.map(({ kind, part, reading }) => [kind, part, reading])).toEqual([
          ['description', 0, undefined],
          ['choice', 0, 0],
          ['choice', 0, 0],
        ]);
        expect(first.parts).toEqual([{ title: 'Phần I' }]);
        expect(second.before).toEqual({ slots: 3, questions: 2 });
        expect(second.slots.map(({ part }) => part)).toEqual([1, 1]);
        expect([first.electives, second.electives]).toEqual([
          undefined,
          { branches: [], groups: [{ answer: 1, slots: [0, 1] }] },
        ]);
        expect(doc.later?.map(({ firstSlot }) => firstSlot)).toEqual([3]);
        const secrets = second.slots.flatMap(({ address, key }) => [address, key]);
        for (const secret of secrets) expect(JSON.stringify(first)).not.toContain(secret);
        expect([...first.slots, ...second.slots].map(({ kind }) => kind)).toEqual(doc.kinds);
      }
    });

    test('has their times in what was fixed, and strangers derive its papers again', async () => {
      const exam = await sealedSections();
      const record = await world.store.get('exams', exam);
      expect(record?.manifest?.schedule).toEqual({
        durationSeconds: 2700,
        deadline: null,
        sections: SECTIONS,
      });
      world.clock.time += 2_700_000;
      await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
      const file = join(await tempDir(), 'publication.json');
      const publication = await world.exams.publish(teacher, exam);
      writeFileSync(file, JSON.stringify(publication));
      const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      try {
        expect(await verifyPapers([file])).toBe(0);
        const [manifest, schedule] = [publication.manifest, publication.manifest.schedule];
        const forged = { ...manifest, schedule: { ...schedule, sections: [1200, 1400] } };
        writeFileSync(file, JSON.stringify({ ...publication, manifest: forged }));
        expect(await verifyPapers([file])).toBe(1);
        expect(out.mock.calls.join()).toContain('its sections together are not the duration');
      } finally {
        out.mockRestore();
      }
    });

    test('needs times that make up the duration, one for each part', async () => {
      const { bank, exams } = world;
      const wrong = newExam(bank.id, { navigation: { sections: [1200, 1400] } });
      await expect(exams.create(teacher, wrong)).rejects.toMatchObject({ code: 'sections-sum' });
      const one = await readyExam(world, 2, { navigation: { sections: SECTIONS } });
      await expect(exams.seal(teacher, one)).rejects.toMatchObject({
        code: 'sections-parts',
        values: { sections: 2, parts: 1 },
      });
      const { title, durationSeconds, markingPolicy, showPoints } = newExam(bank.id);
      const settings = { title, durationSeconds, markingPolicy, showPoints };
      expect(await exams.update(teacher, one, settings)).toMatchObject({ navigation: 'free' });
    });
  });

  test('holds nothing readable: no stem, no item id beside an address, no name', async () => {
    const exam = await sealedExam(world, 3);
    const [papers, boxes] = [await papersOf(exam), await boxesOf(exam)];
    const items = world.bank.pool.map(({ item }) => item);
    const texts = ['Câu hỏi mật', 'phương án', 'Nguyễn', ...items];
    for (const { indexBox, paper, ...open } of papers) {
      for (const text of texts) {
        expect(JSON.stringify(open)).not.toContain(text);
        for (const bytes of [indexBox, paper.box]) expect(bytes.includes(text)).toBe(false);
      }
    }
    for (const { box } of boxes) for (const text of texts) expect(box.includes(text)).toBe(false);
  });

  test('states on the record what was fixed and what was drawn', async () => {
    const exam = await sealedExam(world, 4);
    const record = await world.exams.get(teacher, exam);
    const hashes = (await papersOf(exam)).map(({ _id, certificate }) => ({
      attempt: _id,
      paperHash: certificate.paperHash,
    }));
    const [entry] = (await leavesOf(world.audit)).filter(({ action }) => action === 'exam.seal');
    expect(entry).toMatchObject({
      object: `exam:${exam}`,
      data: { manifestHash: record.manifestHash, papersRoot: papersRoot(hashes), papers: 4, items: 12 },
    });
    expect(record).toMatchObject({ state: 'sealed', sealing: false });
  });

  test('shares no address, token or box with another sitting of the same bank', async () => {
    const [one, two] = [await sealedExam(world, 2), await sealedExam(world, 2)];
    const maps = await Promise.all(
      [one, two].map(async (exam) => {
        const pool = await world.store.get('pools', exam);
        return openSealed<PoolMapEntry[]>(`exam/${exam}/marking`, poolMapContext(TENANT, exam), pool!.map);
      }),
    );
    const names = maps.map(
      (map) => new Set(map.flatMap(({ address, tokens }) => [address, ...Object.keys(tokens)])),
    );
    expect(names[0]!.size).toBe(12 * 5);
    expect([...names[0]!].filter((name) => names[1]!.has(name))).toEqual([]);
  });
});

describe('sealing refuses', () => {
  test('an exam without matrix, without candidates, of somebody else, or past its deadline', async () => {
    const { exams, bank, clock } = world;
    bank.add(12);
    const blank = await exams.create(teacher, newExam(bank.id));
    await expect(exams.seal(teacher, blank.id)).rejects.toMatchObject({ code: 'blueprint-missing' });
    await exams.blueprint.set(teacher, blank.id, { blueprint: smallBlueprint(), total: 100 });
    await expect(exams.seal(teacher, blank.id)).rejects.toMatchObject({ code: 'roster-empty' });
    const ready = await readyExam(world, 2, { deadline: clock.time + 3_000_000 });
    await expect(exams.seal(otherTeacher, ready)).rejects.toMatchObject({ code: 'not-found' });
    clock.time += 1_000_000;
    await expect(exams.seal(teacher, ready)).rejects.toMatchObject({ code: 'deadline-too-soon' });
  });

  test('a bank that has shrunk since; the draft can be corrected and sealed', async () => {
    const { exams, bank, jobs } = world;
    const exam = await readyExam(world, 2);
    const gone = bank.pool.splice(0, 10);
    const job = await finished(jobs, await exams.seal(teacher, exam));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'blueprint-infeasible' } });
    expect(await exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: false });
    bank.pool.push(...gone);
    expect(await finished(jobs, await exams.seal(teacher, exam))).toMatchObject({ state: 'done' });
  });

  test('more candidates than there are different papers, and leaves nothing behind', async () => {
    const { exams, bank, jobs } = world;
    bank.add(4, { parts: [] });
    const exam = await readyExam(world, 25);
    const job = await finished(jobs, await exams.seal(teacher, exam));
    expect(job.error).toEqual({ code: 'papers-exhausted', values: { count: 25, found: 24 } });
    expect([await papersOf(exam), await boxesOf(exam)]).toEqual([[], []]);
  });
});

describe('while a seal job runs', () => {
  test('the draft cannot be changed, nor sealed a second time', async () => {
    const { exams, jobs } = world;
    const exam = await readyExam(world, 3);
    const job = await exams.seal(teacher, exam);
    const refused = { code: 'exam-sealing', values: { seconds: 60 } };
    await expect(exams.seal(teacher, exam)).rejects.toMatchObject(refused);
    await expect(exams.roster.commit(teacher, exam, classList(1, 90))).rejects.toMatchObject(refused);
    expect(await finished(jobs, job)).toMatchObject({ state: 'done', result: { papers: 3 } });
  });

  test('its progress ends at the whole, and no commit is larger than 40', async () => {
    const { exams, jobs, store } = world;
    const exam = await readyExam(world, 1100);
    const sizes: number[] = [];
    const watching = world.over({
      ...failingStore(store, () => false),
      commit: async (writes) => {
        sizes.push(writes.length);
        await store.commit(writes);
      },
    });
    const job = await finished(jobs, await watching.seal(teacher, exam));
    expect(job).toMatchObject({ state: 'done', done: 1112, total: 1112, result: { papers: 1100 } });
    expect(Math.max(...sizes)).toBe(40);
    expect(await exams.get(teacher, exam)).toMatchObject({ state: 'sealed' });
    expect(await store.count('papers', { index: 'by_exam', equals: [exam] })).toBe(1100);
  });

  test('cancelling it leaves the draft as it was', async () => {
    const { exams, jobs } = world;
    const exam = await readyExam(world, 200);
    const job = await exams.seal(teacher, exam);
    jobs.cancel((teacher as { user: string }).user, job.id);
    expect(await finished(jobs, job)).toMatchObject({ state: 'cancelled' });
    expect(await exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: false });
    expect([await papersOf(exam), await boxesOf(exam)]).toEqual([[], []]);
  });
});

describe('a crash in the middle', () => {
  test('leaves the draft; leftovers are swept when the claim has run out, and sealing starts anew', async () => {
    const { exams, jobs, clock } = world;
    const exam = await readyExam(world, 700);
    const dying = world.over(failingStore(world.store, (commit) => commit > 2));
    const job = await finished(jobs, await dying.seal(teacher, exam));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'unavailable' } });
    expect((await papersOf(exam)).length).toBeGreaterThan(0);
    expect(await exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: true });
    expect(await exams.sweepStaged()).toBe(0);
    await expect(exams.seal(teacher, exam)).rejects.toMatchObject({ code: 'exam-sealing' });

    clock.time += 60_001;
    expect(await exams.sweepStaged()).toBe(39);
    expect([await papersOf(exam), await boxesOf(exam)]).toEqual([[], []]);
    expect(await exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: false });
    expect(await exams.sweepStaged()).toBe(0);
    expect(await finished(jobs, await exams.seal(teacher, exam))).toMatchObject({ state: 'done' });
  });

  test('without a sweep in between, sealing again clears up by itself', async () => {
    const { exams, jobs, clock } = world;
    const exam = await readyExam(world, 600);
    await finished(
      jobs,
      await world.over(failingStore(world.store, (commit) => commit > 2)).seal(teacher, exam),
    );
    clock.time += 60_001;
    expect(await finished(jobs, await exams.seal(teacher, exam))).toMatchObject({ state: 'done' });
    expect(await papersOf(exam)).toHaveLength(600);
    expect(await boxesOf(exam)).toHaveLength(12);
  });

  test('just before the last commit leaves the draft too', async () => {
    const { jobs } = world;
    const exam = await readyExam(world, 5);
    const dying = world.over(failingStore(world.store, (commit) => commit === 3));
    expect(await finished(jobs, await dying.seal(teacher, exam))).toMatchObject({ state: 'failed' });
    expect(await world.exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: false });
    expect([await papersOf(exam), await world.store.get('pools', exam)]).toEqual([[], null]);
    expect((await leavesOf(world.audit)).filter(({ action }) => action === 'exam.seal')).toEqual([]);
  });

  test('a job that outlived its claim writes nothing over the one that came after', async () => {
    const { exams, jobs, clock, store } = world;
    const exam = await readyExam(world, 5);
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow = world.over({
      ...failingStore(store, () => false),
      commit: async (writes) => {
        if (writes.some((write) => write.in === 'viewBoxes' && write.op === 'insert')) await gate;
        await store.commit(writes);
      },
    });
    const stuck = await slow.seal(teacher, exam);
    clock.time += 60_001;
    expect(await finished(jobs, await exams.seal(teacher, exam))).toMatchObject({ state: 'done' });
    const before = await papersOf(exam);
    release();
    expect(await finished(jobs, stuck)).toMatchObject({ state: 'failed' });
    expect(await papersOf(exam)).toEqual(before);
    expect(await boxesOf(exam)).toHaveLength(12);
    expect(await exams.sweepStaged()).toBe(0);
  });
});

describe('the publication', () => {
  test('comes out only after the end, each time on the record, and verifies', async () => {
    const exam = await sealedExam(world, 42);
    await expect(world.exams.publish(teacher, exam)).rejects.toMatchObject({ code: 'exam-not-closed' });
    await close(exam);
    await expect(world.exams.publish(otherTeacher, exam)).rejects.toMatchObject({ code: 'not-found' });
    const publication = await world.exams.publish(teacher, exam);
    const text = JSON.stringify(publication);
    for (const secret of ['Nguyễn', 'Câu hỏi mật', 'phương án']) expect(text).not.toContain(secret);
    const file = join(tempDir(), 'publication.json');
    writeFileSync(file, text);
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { seedCommitment, manifestHash } = await world.exams.get(teacher, exam);
    expect(await verifyPapers([file, '--commitment', seedCommitment, '--manifest', manifestHash!])).toBe(0);
    expect(output.mock.calls.join()).toContain('42 of 42');
    output.mockRestore();
    const recorded = (await leavesOf(world.audit)).filter(({ action }) => action === 'papers.publish');
    expect(recorded).toMatchObject([{ data: { papers: 42, manifestHash, seedCommitment } }]);
  });
});
