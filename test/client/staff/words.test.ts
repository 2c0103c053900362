import { expect, test } from 'vitest';
import {
  AUDIT_ACTIONS,
  BANK_KINDS,
  EXAM_STATES,
  HELD_CODES,
  ITEM_KINDS,
  ITEM_STATUSES,
  LEVELS,
  ROLES,
} from '#bank/protocol';
import { MARKING_POLICIES } from '#bank/marks';
import { actionNames } from '../../../client/staff/words/audit.ts';
import { policyNames } from '../../../client/staff/words/exams.ts';
import { heldNames } from '../../../client/staff/words/late.ts';
import * as names from '../../../client/staff/words/names.ts';
import { defineWords, sayer } from '../../../client/staff/words/words.ts';

type Table = Record<string, { vi: string; en: string }>;

const modules = import.meta.glob<Record<string, unknown>>('../../../client/staff/words/*.ts', {
  eager: true,
});

function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every((one) => typeof one === 'object' && one !== null && 'vi' in one);
}

const tables = Object.entries(modules).flatMap(([file, exports]) =>
  Object.entries(exports).flatMap(([name, value]) =>
    isTable(value) ? [{ name: `${file.split('/').pop()}: ${name}`, table: value }] : [],
  ),
);

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** A sentence this long is never the same in both languages. */
const SURELY_TRANSLATED = 13;

test('the catalogues are found', () => {
  expect(tables.length).toBeGreaterThan(15);
});

test.each(tables)('$name is complete in Vietnamese and English', ({ table }) => {
  const wrong = Object.entries(table).filter(
    ([, { vi, en }]) =>
      vi.trim() === '' ||
      en.trim() === '' ||
      vi !== vi.normalize('NFC') ||
      placeholders(vi).join() !== placeholders(en).join() ||
      (vi === en && vi.length >= SURELY_TRANSLATED && !vi.startsWith('{')),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['kinds', names.kindNames, ITEM_KINDS],
  ['levels', names.levelNames, LEVELS],
  ['roles', names.roleNames, ROLES],
  ['states of exams', names.examStateNames, EXAM_STATES],
  ['states of items', names.itemStatusNames, ITEM_STATUSES],
  ['kinds of banks', names.bankKindNames, BANK_KINDS],
  ['acts of the ledger', actionNames, AUDIT_ACTIONS],
  ['reasons why answers are held', heldNames, HELD_CODES],
  ['marking policies', policyNames, MARKING_POLICIES.map(({ name }) => name)],
] as const)('%s all have a name', (_what, table, codes) => {
  expect(Object.keys(table).sort()).toEqual([...codes].sort());
});

test('sentences are filled with their values', () => {
  const words = defineWords({ some: { vi: '{n} câu của {who}', en: '{who} has {n} questions' } });
  expect(sayer(words, 'vi')('some', { n: 3, who: 'Lan' })).toBe('3 câu của Lan');
  expect(sayer(words, 'en')('some', { n: 3, who: 'Lan' })).toBe('Lan has 3 questions');
});
