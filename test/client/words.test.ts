import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { en as entryEn } from '../../client/i18n/entry.en.ts';
import { vi as entryVi } from '../../client/i18n/entry.vi.ts';
import { en as examEn, items as itemsEn } from '../../client/i18n/exam.en.ts';
import { items as itemsVi, vi as examVi } from '../../client/i18n/exam.vi.ts';
import { translator, type Mismatch, type Translate } from '../../client/i18n/translate.ts';

const PAIRS = [
  ['first screen', entryVi, entryEn],
  ['exam', examVi, examEn],
  ['items', itemsVi, itemsEn],
] as const;

function names(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('the words of the candidate page', () => {
  it('name the same values in both languages, by type', () => {
    expectTypeOf<Mismatch<typeof entryVi, typeof entryEn>>().toBeNever();
    expectTypeOf<Mismatch<typeof examVi, typeof examEn>>().toBeNever();
    expectTypeOf<Mismatch<typeof itemsVi, typeof itemsEn>>().toBeNever();
    expectTypeOf<Mismatch<{ a: 'x {n}' }, { a: 'x {m}' }>>().toEqualTypeOf<'a'>();
    expectTypeOf<Parameters<Translate<{ a: 'x {n}' }>>>().toExtend<[key: 'a', ...unknown[]]>();
  });

  it.each(PAIRS)('of the %s have the same keys and values', (_, vi, en) => {
    expect(Object.keys(en)).toEqual(Object.keys(vi));
    const namesOf = (catalogue: Record<string, string>) =>
      Object.fromEntries(Object.entries(catalogue).map(([key, sentence]) => [key, names(sentence)]));
    expect(namesOf(en)).toEqual(namesOf(vi));
    const flawed = [...Object.entries(vi), ...Object.entries(en)].filter(
      ([, sentence]) => sentence.trim() === '' || sentence !== sentence.normalize('NFC'),
    );
    expect(flawed).toEqual([]);
  });

  it('are translated: no sentence is the same in both languages', () => {
    const same = Object.entries(examVi).filter(([key, sentence]) => {
      const other: Record<string, string> = examEn;
      return other[key] === sentence;
    });
    expect(same.map(([key]) => key)).toEqual(['product']);
  });

  it('are all in use', () => {
    const code = sources('client/candidate') + sources('client/items') + sources('client/core');
    const unused = [...Object.keys(examVi), ...Object.keys(itemsVi)].filter(
      (key) => !new RegExp(`['.]${key}\\b`).test(code),
    );
    expect(unused).toEqual([]);
  });

  it('are filled with their values', () => {
    const catalogue = { a: '{n} câu trong {time}, {n} lần' } as const;
    const t = translator<typeof catalogue>(catalogue);
    expect(t('a', { n: 3, time: '5 phút' })).toBe('3 câu trong 5 phút, 3 lần');
  });
});
