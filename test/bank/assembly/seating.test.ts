import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignForms, seatAll, type Unseated } from '#bank/assembly';
import type { FormsSetting } from '#bank/protocol';

const SEED = new Uint8Array(32).fill(7);

const rules = (changes: Partial<FormsSetting> = {}): FormsSetting => ({
  count: 8,
  perShift: 2,
  overlap: 25,
  maxUses: 8,
  spare: 1,
  seatsPerRoom: 24,
  seatsPerRow: 6,
  ...changes,
});

function people(count: number): Unseated[] {
  return Array.from({ length: count }, (_, index) => ({
    attempt: `a${String(index).padStart(5, '0')}`,
    number: String(index).padStart(5, '0'),
  }));
}

describe('seats', () => {
  test('are for everybody, one each, in shifts of one size and rooms that are not overfull', () => {
    const anyone = fc.integer({ min: 1, max: 600 });
    fc.assert(
      fc.property(
        anyone,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (n, shifts, room) => {
          const seated = seatAll(people(n), rules({ count: shifts, perShift: 1, seatsPerRoom: room }));
          expect(seated.map(({ attempt }) => attempt)).toEqual(people(n).map(({ attempt }) => attempt));
          expect(new Set(seated.map(({ shift, room: one, seat }) => `${shift}/${one}/${seat}`)).size).toBe(n);
          const sizes = Array.from(
            { length: shifts },
            (_, at) => seated.filter((one) => one.shift === at + 1).length,
          );
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(Math.max(...seated.map(({ seat }) => seat))).toBeLessThanOrEqual(room);
        },
      ),
    );
  });

  test('stay as the list says, whatever it leaves open', () => {
    const given = fc.record(
      { shift: fc.integer({ min: 1, max: 4 }), room: fc.constantFrom('1', '2', 'P.03') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 120 }), (list) => {
        const asked = people(list.length).map((one, at) => ({ ...one, ...list[at] }));
        const seated = seatAll(asked, rules());
        for (const [at, { shift, room }] of list.entries()) {
          expect(seated[at]?.shift).toBe(shift ?? seated[at]?.shift);
          expect(seated[at]?.room).toBe(room ?? seated[at]?.room);
        }
        expect(new Set(seated.map((one) => `${one.shift}/${one.room}/${one.seat}`)).size).toBe(list.length);
      }),
    );
  });

  test('that two have, or in a shift that there is not, are refused by name', () => {
    const [one, other] = people(2).map((person) => ({ ...person, shift: 1, room: 'A', seat: 3 }));
    expect(() => seatAll([one!, other!], rules())).toThrow(
      expect.objectContaining({
        code: 'seat-taken',
        values: { shift: 1, room: 'A', seat: 3, first: '00000', number: '00001' },
      }),
    );
    expect(() => seatAll([{ ...one!, shift: 5 }], rules())).toThrow(
      expect.objectContaining({ code: 'seat-shift', values: { number: '00000', shift: 5, shifts: 4 } }),
    );
  });
});

describe('forms by seat', () => {
  const NEAR = [
    [0, 1],
    [1, 0],
  ];
  const CORNERS = [
    [1, 1],
    [1, -1],
  ];

  test('differ from those of all neighbours, from four forms on also at the corners, with empty seats between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 96 }), { minLength: 1, maxLength: 96 }),
        fc.string(),
        (perShift, seatsPerRow, seats, exam) => {
          const seating = seats.map((seat, at) => ({ attempt: `a${at}`, shift: 2, room: 'P.01', seat }));
          const setting = rules({ count: 3 * perShift, perShift, seatsPerRow });
          const formOf = assignForms(seating, [], setting, SEED, exam);
          const at = new Map(
            seating.map(({ attempt, seat }) => [
              `${Math.floor((seat - 1) / seatsPerRow)}/${(seat - 1) % seatsPerRow}`,
              formOf.get(attempt),
            ]),
          );
          for (const [place, form] of at) {
            const [row = 0, column = 0] = place.split('/').map(Number);
            expect(form).toBeGreaterThanOrEqual(perShift);
            expect(form).toBeLessThan(2 * perShift);
            const near = [...NEAR, ...(perShift >= 4 ? CORNERS : [])];
            for (const [down = 0, right = 0] of near)
              expect(at.get(`${row + down}/${column + right}`)).not.toBe(form);
          }
        },
      ),
    );
  });

  test('are used nearly equally often, and placed anew in every room and exam', () => {
    const setting = rules({ count: 4, perShift: 4 });
    const seating = seatAll(people(240), setting);
    const formOf = assignForms(seating, [], setting, SEED, 'exam');
    const uses = [0, 1, 2, 3].map((form) => [...formOf.values()].filter((one) => one === form).length);
    expect(uses).toEqual([60, 60, 60, 60]);
    const first = seating.filter(({ seat }) => seat === 1).map(({ attempt }) => formOf.get(attempt));
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(assignForms(seating, [], setting, SEED, 'other')).not.toEqual(formOf);
    expect(assignForms(seating, [], setting, SEED, 'exam')).toEqual(formOf);
  });

  test('in reserve are taken in turn', () => {
    const formOf = assignForms([], ['r1', 'r2', 'r3'], rules({ spare: 2 }), SEED, 'exam');
    expect([...formOf]).toEqual([
      ['r1', 8],
      ['r2', 9],
      ['r3', 8],
    ]);
  });
});
