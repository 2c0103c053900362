import { readFile } from 'node:fs/promises';
import { Value } from '@sinclair/typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBlueprint, feasibility, questionCount, requireFeasible } from '#bank/blueprint';
import { readRoster, readWorkbook, type ImportRow, type ImportedItem } from '#bank/formats';
import { itemKind, normaliseRichText } from '#bank/item';
import { formulaFault } from '#bank/item/math';
import { Blueprint, ITEM_KINDS, type ImageRun, type PoolItem } from '#bank/protocol';
import {
  MATRIX_TOTAL,
  QUESTION_FILE,
  readClassList,
  readMatrices,
  TOPICS,
  type Matrix,
} from '../../scripts/demo/content.ts';

function toPool(item: ImportedItem): PoolItem {
  const { code, topic, level, kind, stimulus, content } = item;
  const { parts, pinned } = itemKind(kind).shuffled(content);
  return { item: code, version: 1, topic, level, kind, parts, pinned, ...(stimulus && { stimulus }) };
}

describe('question bank of the demo', () => {
  let rows: ImportRow[];
  let items: ImportedItem[];

  beforeAll(async () => {
    const result = await readWorkbook(await readFile(QUESTION_FILE), {
      topics: TOPICS,
      checkFormula: formulaFault,
    });
    rows = result.rows;
    items = rows.flatMap(({ item }) => item ?? []);
  });

  it('has at least 120 questions, some of each kind that a program marks, in all topics and three levels', () => {
    expect(items.filter(({ kind }) => kind !== 'description').length).toBeGreaterThanOrEqual(120);
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set(ITEM_KINDS.filter((kind) => kind !== 'essay')),
    );
    expect(new Set(items.map(({ topic }) => topic))).toEqual(new Set(TOPICS));
    expect(new Set(items.map(({ level }) => level))).toEqual(new Set(['KNOW', 'UNDERSTAND', 'APPLY']));
  });

  it('reads without a warning but for five refused rows, each with the cell of its mistake', () => {
    const troubled = rows.filter(({ status }) => status !== 'ok');
    expect(
      troubled.map(({ code, cell, status, problems }) => [code, cell, status, problems.map((p) => p.code)]),
    ).toEqual([
      ['DD-90', 'O14', 'refused', ['key-no-option']],
      ['SO-90', 'C51', 'refused', ['topic-unknown']],
      ['SO-91', 'B77', 'refused', ['kind-unknown']],
      ['DT-90', 'F107', 'refused', ['item-cluster-size']],
      ['MD-90', 'F135', 'refused', ['item-formula']],
    ]);
  });

  it('has wrong rows between good ones', () => {
    rows.forEach(({ status }, index) => {
      if (status !== 'refused') return;
      expect([rows[index - 1]?.status, rows[index + 1]?.status]).toEqual(['ok', 'ok']);
    });
  });

  it('asks nothing twice and is in NFC', () => {
    const stems = items.map(({ content }) => JSON.stringify(normaliseRichText(content.stem)));
    expect(new Set(stems).size).toBe(stems.length);
    for (const { content, key } of items) {
      const text = JSON.stringify([content, key]);
      expect(text).toBe(text.normalize('NFC'));
    }
  });

  it('spreads the right options over all positions', () => {
    const right = items.flatMap(({ kind, key }) =>
      kind === 'choice' && 'correct' in key ? key.correct : [],
    );
    for (const id of ['a', 'b', 'c', 'd']) {
      const share = right.filter((part) => part === id).length / right.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.35);
    }
  });

  it('has small pictures with a description, and descriptions with two questions or more', () => {
    const pictures = items
      .flatMap(({ content }) => content.stem.flat())
      .filter((run): run is ImageRun => run.t === 'image');
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const { alt, data } of pictures) {
      expect(alt.length).toBeGreaterThan(20);
      expect(Buffer.from(data, 'base64').length).toBeLessThan(40 * 1024);
    }
    for (const { code } of items.filter(({ kind }) => kind === 'description')) {
      expect(items.filter(({ stimulus }) => stimulus === code).length).toBeGreaterThanOrEqual(2);
    }
  });

  describe('and its matrices', () => {
    let matrices: Record<'A' | 'B', Matrix>;

    beforeAll(async () => {
      matrices = await readMatrices();
    });

    it('are sound: at least 12 cells, 28 questions, 10.00 points', () => {
      for (const { blueprint } of Object.values(matrices)) {
        expect([...Value.Errors(Blueprint, blueprint)]).toEqual([]);
        expect(checkBlueprint(blueprint, MATRIX_TOTAL)).toEqual([]);
        expect(blueprint.parts.flatMap(({ cells }) => cells).length).toBeGreaterThanOrEqual(12);
        expect(questionCount(blueprint)).toBe(28);
      }
    });

    it('A can be filled, each cell from at least twice what it needs', () => {
      const report = feasibility(matrices.A.blueprint, items.map(toPool));
      expect(report.feasible).toBe(true);
      expect(report.cells.filter(({ need, have }) => have < 2 * need)).toEqual([]);
    });

    it('B is refused for its one cell without questions', () => {
      const pool = items.map(toPool);
      expect(() => requireFeasible(matrices.B.blueprint, pool)).toThrow(
        expect.objectContaining({
          code: 'blueprint-infeasible',
          values: expect.objectContaining({ cell: 'III.2', need: 2, have: 0, short: 1 }),
        }),
      );
    });
  });
});

describe('class list of the demo', () => {
  it('gives 42 pupils with distinct numbers, names and codes, without a warning', async () => {
    const { bytes, name } = await readClassList();
    const { rows, problems } = await readRoster(bytes, name);
    expect(problems).toEqual([]);
    expect(rows.filter(({ status }) => status !== 'ok')).toEqual([]);
    const people = rows.flatMap(({ person }) => person ?? []);
    expect(people).toHaveLength(42);
    for (const field of ['number', 'name', 'studentCode'] as const) {
      expect(new Set(people.map((person) => person[field])).size).toBe(42);
    }
    for (const { name, class: group, birthDate } of people) {
      expect(name).toBe(name.normalize('NFC'));
      expect(group).toBe('11A1');
      expect(birthDate).toMatch(/^2009-\d\d-\d\d$/);
    }
  });
});
