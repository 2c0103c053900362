import { describe, expect, it } from 'vitest';
import type { MediaRun, RichText } from '#bank/protocol';
import { itemKind, mediaOf, normaliseRichText, plainText, withoutMedia, type ItemContent } from '#bank/item';
import { checkItem } from '#bank/item/check';

const run = (n: number, more: Partial<MediaRun> = {}): MediaRun => ({
  t: 'media',
  media: String(n).repeat(22).slice(0, 22),
  kind: 'audio',
  title: `Bài nghe ${n}`,
  ...more,
});
const text = (v: string): RichText[number] => [{ t: 'text', v }];
const description = (stem: RichText): ItemContent => ({ kind: 'description', stem });
const codes = (stem: RichText) =>
  checkItem('description', { content: description(stem), key: {} }).map(({ code }) => code);

describe('audio and video in a question', () => {
  it('stand at the beginning of the stem, each alone', () => {
    expect(codes([[run(1)], [run(2)], text('Nghe rồi trả lời.')])).toEqual([]);
    expect(codes([[run(1)]])).toEqual([]);
    expect(codes([text('Nghe rồi trả lời.'), [run(1)]])).toEqual(['item-media-place']);
    expect(codes([[run(1), run(2)]])).toEqual(['item-media-place']);
    expect(codes([[{ t: 'text', v: 'Nghe: ' }, run(1)]])).toEqual(['item-media-place']);
  });

  it('stand nowhere but in the stem', () => {
    const content: ItemContent = {
      kind: 'choice',
      stem: [text('Câu nào đúng?')],
      options: [
        { id: 'a', text: [[run(1)]] },
        { id: 'b', text: [text('một')] },
      ],
      shuffle: true,
    };
    const problems = checkItem('choice', { content, key: { correct: ['a'] } });
    expect(problems.map(({ code }) => code)).toEqual(['item-media-place']);
  });

  it('are each there once, and few', () => {
    expect(codes([[run(1)], [run(1)]])).toEqual(['item-media-twice']);
    expect(codes([1, 2, 3, 4, 5].map((n) => [run(n)]))).toEqual(['item-media-many']);
  });

  it('have a title, and at most ten plays', () => {
    expect(codes([[run(1, { title: ' ' })]])).toEqual(['row-invalid']);
    expect(codes([[run(1, { plays: 11 })]])).toEqual(['row-invalid']);
    expect(codes([[run(1, { plays: 10 })]])).toEqual([]);
  });

  it('come to a candidate without what is said in them', () => {
    const stem = [[run(1, { transcript: 'lời thoại kín', plays: 2 })]];
    const media = () => ({
      media: 'địa chỉ',
      file: { type: 'audio/wav' as const, bytes: 1, length: 1, pieces: [] },
    });
    const view = itemKind('description').toView(description(stem), {
      token: (id) => id,
      math: () => '',
      media,
    });
    expect(view.stem).toEqual([[{ t: 'media', kind: 'audio', title: 'Bài nghe 1', plays: 2, ...media() }]]);
    expect(JSON.stringify(view)).not.toContain('kín');
  });

  it('are kept by the normal form, named in lists, and taken out for the text alone', () => {
    const stem: RichText = [[run(1, { title: ' Bài nghe ' })], text(' Nghe. ')];
    const normal = normaliseRichText(stem);
    expect(normal).toEqual([[run(1, { title: 'Bài nghe' })], text('Nghe.')]);
    expect(plainText(normal)).toBe('Bài nghe\nNghe.');
    expect(withoutMedia(normal)).toEqual([text('Nghe.')]);
    expect(mediaOf(normal)).toEqual([run(1, { title: 'Bài nghe' })]);
  });
});
