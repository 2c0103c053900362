import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS, type MediaRun } from '#bank/protocol';
import { CryptoError, newId } from '#bank/vault';
import { staff } from '../../support/staff.ts';
import { wavOf } from '../../support/sound.ts';
import { committingBy } from '../delivery/world.ts';
import { actions, choiceInput, descriptionInput, newBank, openWorld, rich, type World } from './world.ts';

/** More than two pieces. */
const SOUND = wavOf((2.5 * LIMITS.mediaPieceBytes) / 8000);
const owner = staff();
let world: World;
let bank: string;

beforeEach(async () => {
  world = await openWorld();
  bank = (await world.banks.create(owner, newBank())).id;
});

const upload = (bytes = SOUND) => world.banks.media.upload(owner, bank, { bytes, name: 'bài nghe.wav' });
const listening = (code: string, media: string, more: Partial<MediaRun> = {}) => ({
  ...descriptionInput(code),
  content: {
    kind: 'description' as const,
    stem: [
      [{ t: 'media' as const, media, kind: 'audio' as const, title: 'Bài 1', ...more }],
      ...rich('Nghe.'),
    ],
  },
});

describe('a recording of a bank', () => {
  it('is what was uploaded, listed newest first, and on the record', async () => {
    const first = await upload();
    world.clock.time += 1000;
    const second = await upload(wavOf(1));
    const { media } = await world.banks.media.list(owner, bank);
    expect(media.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(first).toMatchObject({
      name: 'bài nghe.wav',
      type: 'audio/wav',
      kind: 'audio',
      bytes: SOUND.length,
      used: false,
    });
    const { type, bytes } = await world.banks.media.read(owner, bank, first.id);
    expect(type).toBe('audio/wav');
    expect(bytes.equals(SOUND)).toBe(true);
    expect((await actions(world)).slice(-3)).toEqual(['media.upload', 'media.upload', 'media.read']);
  });

  it('does not exist for others than members, and is opened by who writes or reviews', async () => {
    const { id } = await upload();
    const stranger = staff();
    const drawer = staff();
    await world.banks.setMember(owner, bank, drawer.user, []);
    await expect(world.banks.media.read(stranger, bank, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.banks.media.read(drawer, bank, id)).rejects.toMatchObject({
      code: 'bank-role-missing',
    });
    const other = (await world.banks.create(owner, newBank())).id;
    await expect(world.banks.media.read(owner, other, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is deleted while no version of a question has it, and never after', async () => {
    const [free, used] = [await upload(wavOf(1)), await upload(wavOf(2))];
    await world.banks.media.remove(owner, bank, free.id);
    await expect(world.banks.media.read(owner, bank, free.id)).rejects.toMatchObject({ code: 'not-found' });
    const saved = await world.banks.items.save(owner, bank, listening('N-1', used.id));
    const without = { ...descriptionInput('N-1'), base: saved.version };
    await world.banks.items.save(owner, bank, without, saved.id);
    await expect(world.banks.media.remove(owner, bank, used.id)).rejects.toMatchObject({
      code: 'media-in-use',
    });
    expect((await world.banks.media.list(owner, bank)).media).toMatchObject([{ id: used.id, used: true }]);
  });

  it('that is deleted while a question takes it is refused to one of the two', async () => {
    const { id } = await upload(wavOf(1));
    const results = await Promise.allSettled([
      world.banks.items.save(owner, bank, listening('N-1', id)),
      world.banks.media.remove(owner, bank, id),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const isKept = (await world.banks.media.list(owner, bank)).media.length === 1;
    expect(isKept).toBe(results[0].status === 'fulfilled');
  });

  it('is refused to a question of another bank, of another kind, or of none', async () => {
    const { id } = await upload(wavOf(1));
    const unknown = { code: 'item-media-unknown', values: { title: 'Bài 1' } };
    const other = (await world.banks.create(owner, newBank())).id;
    await expect(world.banks.items.save(owner, other, listening('N-1', id))).rejects.toMatchObject(unknown);
    await expect(world.banks.items.save(owner, bank, listening('N-1', newId()))).rejects.toMatchObject(
      unknown,
    );
    const video = listening('N-1', id, { kind: 'video' });
    await expect(world.banks.items.save(owner, bank, video)).rejects.toMatchObject(unknown);
    expect(await world.banks.items.save(owner, bank, choiceInput('C-1'))).toMatchObject({ code: 'C-1' });
  });

  it('whose upload broke off anywhere is seen by nobody and swept an hour later', async () => {
    let left = 2;
    const { store } = world;
    const breaking = committingBy(store, async (writes) => {
      if (left-- === 0) throw new Error('the power went');
      await store.commit(writes);
    });
    await expect(
      world.over(breaking).media.upload(owner, bank, { bytes: SOUND, name: 'x.wav' }),
    ).rejects.toThrow('the power went');
    expect((await world.banks.media.list(owner, bank)).media).toEqual([]);
    expect(await world.banks.media.sweep()).toBe(0);
    expect(await store.count('mediaPieces', { index: '_id' })).toBe(1);
    world.clock.time += 60 * 60_000 + 1;
    expect(await world.banks.media.sweep()).toBe(1);
    expect(await store.count('mediaPieces', { index: '_id' })).toBe(0);
    expect(await store.count('media', { index: '_id' })).toBe(0);
  });

  it('cannot be moved, shortened or exchanged piece by piece', async () => {
    const { id } = await upload();
    const { store } = world;
    const [first, second] = await store.getMany('mediaPieces', [`${id}.0`, `${id}.1`]);
    if (!first || !second) throw new Error('the pieces are missing');
    const { v, ...doc } = first;
    await store.commit([
      { op: 'replace', in: 'mediaPieces', doc: { ...doc, piece: second.piece }, ifVersion: v },
    ]);
    await expect(world.banks.media.read(owner, bank, id)).rejects.toThrow(CryptoError);
  });
});
