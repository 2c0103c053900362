import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as protocol from '#bank/protocol';
import { EXAM_STATES, MESSAGES, sentence, type ExamState } from '#bank/protocol';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const TABLES = exportsEndingIn<Record<string, number>>('_ERRORS');
const CODES = TABLES.flatMap(([, table]) => Object.entries(table));

describe('the tables of refusals', () => {
  it('are all open to the other rooms', () => {
    const files = readdirSync(join(root, 'bank/protocol')).filter((name) => name.startsWith('errors'));
    expect(TABLES).toHaveLength(files.length);
    expect(CODES.length).toBeGreaterThan(100);
  });

  it('name each code once, with a status of an error', () => {
    expect(new Set(CODES.map(([code]) => code)).size).toBe(CODES.length);
    for (const [code, status] of CODES) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
    }
  });

  it('hold every refusal that bank and server throw, with its status', () => {
    const known = new Map(CODES);
    const thrown = [...sources().matchAll(/DomainError\(\s*'([a-z-]+)',\s*(\d+)/g)];
    expect(thrown.length).toBeGreaterThan(100);
    const strange = thrown.filter(([, code = '', status]) => known.get(code) !== Number(status));
    expect(strange.map(([found]) => found)).toEqual([]);
  });

  const ENDS: ExamState[] = ['released', 'cancelled'];

  it('hold the refusal of an exam that is not in the state that an act needs', () => {
    const needed = EXAM_STATES.filter((state) => !ENDS.includes(state)).map((state) => `exam-not-${state}`);
    const known = new Map(CODES);
    expect(needed.filter((code) => known.get(code) !== 409)).toEqual([]);
  });
});

describe('the sentences', () => {
  it.each(CODES)('of %s say in both languages what happened and what to do', (code) => {
    expect(MESSAGES).toHaveProperty([code]);
    const { vi, en } = MESSAGES[code]!;
    expect(vi).toMatch(/[à-ỹđ]/i);
    expect(en).toMatch(/^[“\p{L}{\d]/u);
    for (const text of [vi, en]) {
      expect(text).toBe(text.normalize('NFC'));
      expect(text).toMatch(/[.?)”}]$/);
      expect(partsOf(text).length).toBeGreaterThan(1);
    }
  });

  it.each(Object.entries(MESSAGES))('of %s name the same values in both languages', (_code, { vi, en }) => {
    expect(namesIn(en)).toEqual(namesIn(vi));
    expect(vi).not.toBe(en);
  });

  it('are given by nobody twice', () => {
    const tables = exportsEndingIn<object>('_MESSAGES').flatMap(([, table]) => Object.keys(table));
    expect(tables.filter((code, i) => tables.indexOf(code) !== i)).toEqual([]);
  });

  it('put a value in wherever it is named', () => {
    expect(sentence('too-large', { megabytes: 20 }, 'en')).toContain('20 MB');
    expect(sentence('no-such-code', {}, 'vi')).toBe('no-such-code');
    const values = { sum: 1225, total: 1000 };
    expect(sentence('blueprint-points-sum', values, 'vi')).toContain('12,25, không bằng tổng đã khai 10,00');
    expect(sentence('blueprint-points-sum', values, 'en')).toContain('12.25 points');
  });
});

function exportsEndingIn<T>(ending: string): [string, T][] {
  return Object.entries(protocol).filter((entry): entry is [string, never] => entry[0].endsWith(ending));
}

/** Sentences, and the halves that a colon or semicolon divides: what happened, what to do. */
function partsOf(text: string): string[] {
  return text.split(/[.:;?]\s/).filter(Boolean);
}

/** `{knownEn}` is `{known}` in the words of the other language. */
function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+?)(?:En)?(?::mark)?\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].toSorted();
}

function sources(): string {
  return ['bank', 'server']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
