import { describe, expect, test } from 'vitest';
import { decodeLeaf, encodeAct, encodeLeaf, type Act, type Leaf } from '#bank/ledger';

const act: Act = {
  actor: 'AAAAAAAAAAAAAAAAAAAAAA',
  role: 'admin+teacher',
  action: 'exam.seal',
  object: 'exam:BBBBBBBBBBBBBBBBBBBBBB',
  data: { papers: 42, manifestHash: 'q2I', reserve: false, pools: ['a', 2] },
};
const leaf: Leaf = { v: 1, seq: 7, ts: '2026-03-01T07:00:00.000Z', ...act };

describe('a leaf', () => {
  test('is written in canonical JSON: sorted members, no spaces', () => {
    expect(encodeLeaf(leaf)).toBe(
      '{"action":"exam.seal","actor":"AAAAAAAAAAAAAAAAAAAAAA",' +
        '"data":{"manifestHash":"q2I","papers":42,"pools":["a",2],"reserve":false},' +
        '"object":"exam:BBBBBBBBBBBBBBBBBBBBBB","role":"admin+teacher","seq":7,' +
        '"ts":"2026-03-01T07:00:00.000Z","v":1}',
    );
    expect(decodeLeaf(encodeLeaf(leaf))).toEqual(leaf);
  });

  test.each([
    ['spaces', (text: string) => text.replace(':', ': ')],
    ['another order of members', (text: string) => text.replace(/^\{("action":"[^"]*"),(.*)\}$/, '{$2,$1}')],
    ['a member twice', (text: string) => text.replace('"v":1', '"v":1,"v":1')],
    ['another way to write a number', (text: string) => text.replace('"seq":7', '"seq":7.0')],
    ['another way to write a letter', (text: string) => text.replace('exam.seal', 'ex\\u0061m.seal')],
    ['a member too many', (text: string) => text.replace('"v":1', '"v":1,"x":1')],
    ['no sequence number', (text: string) => text.replace('"seq":7,', '')],
    ['a local time', (text: string) => text.replace('000Z', '000+07:00')],
    ['half of it', (text: string) => text.slice(0, 50)],
  ])('with %s is not read', (_name, change) => {
    const changed = change(encodeLeaf(leaf));
    expect(changed).not.toBe(encodeLeaf(leaf));
    expect(decodeLeaf(changed)).toBeNull();
  });
});

describe('an act', () => {
  test.each<[string, Partial<Record<keyof Act, unknown>>]>([
    ['a name for its actor', { actor: 'Nguyễn Văn A' }],
    ['no verb', { action: 'exam' }],
    ['a bare object', { object: 'exam' }],
    ['text in its object', { object: 'exam:Đề thi số 1' }],
    ['nested data', { data: { a: { b: 1 } } }],
    ['long text in its data', { data: { stem: 'x'.repeat(501) } }],
    ['fractions in its data', { data: { mark: 0.25 } }],
    ['a strange member in its data', { data: { $where: '1' } }],
    ['null in its data', { data: { a: null } }],
  ])('with %s is refused', (_name, change) => {
    expect(() => encodeAct({ ...act, ...change } as Act)).toThrow(RangeError);
  });

  test('that would not fit a bundle is refused', () => {
    const data = { hashes: Array.from({ length: 1000 }, () => 'x'.repeat(100)) };
    expect(() => encodeAct({ ...act, data })).toThrow('65,535');
  });

  test('without data is fine', () => {
    const { data: _, ...bare } = act;
    expect(JSON.parse(encodeAct(bare))).toEqual(bare);
  });
});
