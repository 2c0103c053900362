import { describe, expect, test } from 'vitest';
import { makeVariants } from '#bank/item/parametric';
import {
  isBegun,
  newParametricDraft,
  parametricDraft,
  parametricItem,
  type ParametricDraft,
} from '../../../client/staff/parametric/parametric-draft.ts';

function draft(changes: Partial<ParametricDraft> = {}): ParametricDraft {
  return {
    ...newParametricDraft('Dao động'),
    stem: { text: 'Giải $x @{+a} = @{b}$.', images: [] },
    parameters: 'a: -9..9\n\n b : 0,5 .. 5 ; 1/2 ',
    derived: 'x = b - a',
    constraints: 'a != 0\nx != 0',
    key: ' x ',
    distractors: '-x\nx + 1',
    ...changes,
  };
}

function itemOf(changes?: Partial<ParametricDraft>) {
  const read = parametricItem(draft(changes));
  if ('line' in read) throw new Error(`not read: ${read.line}`);
  return read.item;
}

describe('a question with changing numbers as it is typed', () => {
  test('is typed again as it was meant', () => {
    for (const changes of [{}, { decimals: '2', unit: 'cm' }, { derived: '', constraints: '' }]) {
      const item = itemOf(changes);
      const again = parametricDraft({ code: 'DD-7', topic: 'Dao động', level: 'APPLY', item });
      expect(parametricItem(again)).toEqual({ item });
      expect(again).toMatchObject({ code: 'DD-7', topic: 'Dao động', level: 'APPLY' });
    }
  });

  test('becomes an item with the ranges, formulas and texts that were meant', () => {
    expect(itemOf({ decimals: '2', unit: ' cm ' })).toEqual({
      kind: 'choice',
      stem: [
        [
          { t: 'text', v: 'Giải ' },
          { t: 'math', tex: 'x @{+a} = @{b}' },
          { t: 'text', v: '.' },
        ],
      ],
      parameters: [
        { name: 'a', from: '-9', to: '9', step: '1' },
        { name: 'b', from: '0.5', to: '5', step: '1/2' },
      ],
      derived: [{ name: 'x', formula: 'b - a' }],
      constraints: ['a != 0', 'x != 0'],
      key: 'x',
      distractors: ['-x', 'x + 1'],
      decimals: 2,
      unit: 'cm',
    });
    expect(itemOf({ kind: 'numeric' }).distractors).toEqual([]);
  });

  test('names the first line that it cannot read', () => {
    expect(parametricItem(draft({ parameters: 'a: 1..9\nb từ 1 đến 9' }))).toEqual({ line: 'b từ 1 đến 9' });
    expect(parametricItem(draft({ derived: 'x == 2' }))).toEqual({ line: 'x == 2' });
  });

  test('shows no variants before there is something to make them from', () => {
    expect(isBegun(newParametricDraft(''))).toBe(false);
    expect(isBegun(draft())).toBe(true);
    expect(makeVariants(itemOf({ distractors: '-x\n2*x' })).variants.length).toBeGreaterThan(50);
  });
});
