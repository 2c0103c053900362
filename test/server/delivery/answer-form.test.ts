import { describe, expect, it } from 'vitest';
import { ITEM_KINDS, type ItemKindName, type Response } from '#bank/protocol';
import { checkAnswer } from '../../../server/delivery/answer-form.ts';

const [A, B] = ['AAAAAAAA', 'BBBBBBBB'];
/** A response of each form; no kind takes those of another form. */
const FORMS: Record<string, Response> = {
  c: { c: A },
  m: { m: [A, B] },
  t: { t: { [A]: true } },
  x: { x: 'a' },
  p: { p: { [A]: B } },
  o: { o: [A, B] },
  g: { g: { [A]: { c: B }, [B]: { x: 'a' } } },
  h: { h: [[1, 2]] },
  e: { e: 'bài' },
};
const FORM_OF: Record<ItemKindName, string> = {
  choice: 'c',
  multiple: 'm',
  tfCluster: 't',
  numeric: 'x',
  shortText: 'x',
  matching: 'p',
  ordering: 'o',
  cloze: 'g',
  gapMatch: 'p',
  hotText: 'm',
  hotspot: 'h',
  essay: 'e',
  description: '',
};

function refusalOf(kind: ItemKindName, response: Response, parts = 4): string {
  try {
    checkAnswer({ kinds: [kind], partCounts: [parts], branches: [] }, { slot: 0, response });
    return '';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('an answer', () => {
  it('is taken in the form of its kind and in no other', () => {
    for (const kind of ITEM_KINDS) {
      const taken = Object.keys(FORMS).filter((form) => refusalOf(kind, FORMS[form] ?? null) === '');
      expect([kind, taken.join()]).toEqual([kind, FORM_OF[kind]]);
    }
  });

  it('may be cleared, where there is one', () => {
    const refused = ITEM_KINDS.filter((kind) => refusalOf(kind, null) !== '');
    expect(refused).toEqual(['description']);
  });

  it('names no more parts than its question has', () => {
    const parted = ['m', 't', 'p', 'o', 'g'];
    for (const kind of ITEM_KINDS.filter((one) => parted.includes(FORM_OF[one])))
      expect([kind, refusalOf(kind, FORMS[FORM_OF[kind]] ?? null, 0)]).toEqual([kind, 'wrong-answer-form']);
  });

  it('is a choice only behind the last slot, of a branch that the paper has', () => {
    const paper = { kinds: ['choice' as const], partCounts: [4], branches: ['cs', 'ict'] };
    const refusal = (slot: number, response: Response, of = paper): string => {
      try {
        checkAnswer(of, { slot, response });
        return '';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect([refusal(1, { b: 'ict' }), refusal(1, null)]).toEqual(['', '']);
    expect([refusal(1, { b: 'art' }), refusal(1, { c: 'a' }), refusal(0, { b: 'cs' })]).toEqual(
      Array.from({ length: 3 }, () => 'wrong-answer-form'),
    );
    const plain = { ...paper, branches: [] };
    expect([refusal(2, { b: 'cs' }), refusal(1, { b: 'cs' }, plain)]).toEqual([
      'no-such-slot',
      'no-such-slot',
    ]);
  });
});
