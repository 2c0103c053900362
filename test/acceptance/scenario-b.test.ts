/**
 * The assembly half of scenario B: a provincial entrance exam of 15,000 candidates in five shifts. It goes through the
 * engine's own functions and not over HTTP, since 15,000 sealed papers are a matter of minutes there; what it publishes
 * is checked by the program that shares no code with the engine.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { seatAll } from '#bank/assembly';
import {
  computersFor,
  planShifts,
  type Cell,
  type FormsSetting,
  type Level,
  type PoolItem,
} from '#bank/protocol';
import { main as verifyPapers } from '../../scripts/verify/verify-papers.ts';
import { publishForms } from '../bank/assembly/example.ts';
import { itemId, poolOf } from '../bank/blueprint/pool.ts';
import { tempDir } from '../support/temp-dir.ts';

const CANDIDATES = 15_000;
const LEVELS: Level[] = ['KNOW', 'UNDERSTAND', 'APPLY'];

/** Items of each strand by level, as the scenario has them; every item is worth 0.25. */
const STRANDS: [topic: string, counts: [number, number, number], points: number][] = [
  ['Listening', [4, 2, 2], 200],
  ['Language use', [6, 4, 2], 300],
  ['Reading', [4, 5, 5], 350],
  ['Writing', [2, 1, 3], 150],
];

/** 200 items for the five forms and 200 in reserve: ten times what each cell counts. */
const FORMS: FormsSetting = {
  count: 5,
  perShift: 1,
  overlap: 0,
  maxUses: 1,
  spare: 5,
  seatsPerRoom: 24,
  seatsPerRow: 6,
};

const cells: (Cell & { topic: string; level: Level })[] = STRANDS.flatMap(([topic, counts]) =>
  LEVELS.map((level, at) => ({
    id: `${topic}.${level}`.replaceAll(' ', '-'),
    count: counts[at] ?? 0,
    points: 25,
    topic,
    level,
    kind: 'choice' as const,
  })),
);

const pool: PoolItem[] = cells.flatMap(({ count, topic, level }, cell) =>
  poolOf(count * 10, `c${cell}x`, { topic, level }).map((item, index) => ({
    ...item,
    facility: [750, 600, 420][LEVELS.indexOf(level)]! + ((index * 37 + cell * 11) % 160) - 80,
    seconds: 50 + ((index * 29) % 60),
  })),
);

describe('scenario B, 15,000 candidates', () => {
  const plan = planShifts({
    candidates: CANDIDATES,
    computers: computersFor(60_000, 16),
    sparePercent: 5,
    minutes: 60,
    turnover: 45,
    halfDay: 240,
  });
  let made: ReturnType<typeof publishForms>;

  beforeAll(() => {
    const seating = seatAll(
      Array.from({ length: CANDIDATES }, (_, index) => ({
        attempt: itemId(`attempt${index}x`),
        number: String(10_000_000 + index),
      })),
      FORMS,
    );
    made = publishForms({
      exam: itemId('ScenarioB'),
      pool,
      blueprint: { parts: [{ title: 'English', cells: cells.filter(({ count }) => count > 0) }] },
      seating,
      reserve: Array.from({ length: 200 }, (_, index) => itemId(`reserve${index}x`)),
      forms: FORMS,
      r: new Uint8Array(32).fill(0x55),
      salt: new Uint8Array(32).fill(0x66),
    });
  }, 60_000);

  test('its matrix has the totals of the scenario', () => {
    expect(
      STRANDS.map(([, counts, points]) => counts.reduce((sum, one) => sum + one, 0) * 25 === points),
    ).toEqual(STRANDS.map(() => true));
    const byLevel = LEVELS.map((level) =>
      cells.filter((cell) => cell.level === level).reduce((sum, { count }) => sum + count, 0),
    );
    expect(byLevel).toEqual([16, 12, 12]);
    expect(pool).toHaveLength(400);
  });

  test('has 3,750 computers, 3,562 seats and five shifts: 8 h 45, two half-days and one shift', () => {
    expect(plan).toEqual({ seats: 3562, shifts: 5, minutes: 525, halfDays: [2, 2, 1] });
    const { seating = [] } = made.publication;
    for (const shift of [1, 2, 3, 4, 5])
      expect(seating.filter((one) => one.shift === shift).length).toBeLessThanOrEqual(plan?.seats ?? 0);
    expect(new Set(seating.map(({ shift, room }) => `${shift}/${room}`)).size).toBe(625);
  });

  test('has five disjoint forms of 200 items, and five in reserve of 200 others', () => {
    const { list } = made.publication.forms ?? { list: [] };
    expect(list.map(({ code }) => code)).toEqual([
      '0101',
      '0102',
      '0103',
      '0104',
      '0105',
      '0106',
      '0107',
      '0108',
      '0109',
      '0110',
    ]);
    const items = list.map((form) => form.items);
    expect(new Set(items.slice(0, 5).flat()).size).toBe(200);
    expect(new Set(items.flat()).size).toBe(400);
  });

  test('its forms have a mean difficulty within 0.02 of each other', () => {
    const facility = new Map(pool.map(({ item, facility: one = 0 }) => [item, one / 1000]));
    const means = (made.publication.forms?.list ?? []).map(
      ({ items }) => items.reduce((sum, item) => sum + (facility.get(item) ?? 0), 0) / items.length,
    );
    expect(Math.max(...means) - Math.min(...means)).toBeLessThanOrEqual(0.02);
  });

  test('certifies every rule as kept, and each form for one shift', () => {
    const { certificate } = made;
    expect(certificate.constraints.filter(({ holds }) => !holds)).toEqual([]);
    expect(certificate).toMatchObject({ papers: 15_200, reserve: 200, questions: 40, points: 1000 });
    expect(certificate.forms?.map(({ shift, papers }) => [shift, papers])).toEqual([
      ...[1, 2, 3, 4, 5].map((shift) => [shift, 3000]),
      ...[1, 2, 3, 4, 5].map(() => [undefined, 40]),
    ]);
  });

  test('is derived again by a stranger', async () => {
    const file = join(tempDir(), 'publication.json');
    writeFileSync(file, JSON.stringify(made.publication));
    const lines: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    const { seed, manifestHash } = made.publication;
    const options = ['--commitment', seed.commitment, '--manifest', manifestHash];
    const code = await verifyPapers([file, '--json', ...options]).finally(() => spy.mockRestore());
    expect(JSON.parse(lines.join(''))).toMatchObject({
      ok: true,
      papers: 15_200,
      verified: 15_200,
      failures: [],
    });
    expect(code).toBe(0);
  }, 60_000);
});
