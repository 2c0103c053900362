import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { computersFor, planShifts } from '#bank/protocol';

const halfDay = 240;

test('252 pupils of a school with 900, one computer for 12: four shifts, 4 h 20', () => {
  const computers = computersFor(900, 12);
  expect(computers).toBe(75);
  const plan = planShifts({
    candidates: 252,
    computers,
    sparePercent: 5,
    minutes: 45,
    turnover: 20,
    halfDay,
  });
  expect(plan).toMatchObject({ seats: 71, shifts: 4, minutes: 4 * 60 + 20 });
});

test('15,000 candidates, 60,000 pupils, one computer for 16: five shifts, 8 h 45, two half-days and one shift', () => {
  const computers = computersFor(60_000, 16);
  expect(computers).toBe(3750);
  const needs = { candidates: 15_000, computers, sparePercent: 5, minutes: 60, turnover: 45, halfDay };
  expect(planShifts(needs)).toEqual({ seats: 3562, shifts: 5, minutes: 8 * 60 + 45, halfDays: [2, 2, 1] });
});

test.each([24, 16, 12])('one computer for %i pupils gives as many shifts as a hand count', (ratio) => {
  const computers = computersFor(900, ratio);
  const plan = planShifts({
    candidates: 252,
    computers,
    sparePercent: 0,
    minutes: 45,
    turnover: 15,
    halfDay,
  });
  expect(plan?.shifts).toBe({ 24: 7, 16: 5, 12: 4 }[ratio]);
  expect(plan?.halfDays).toEqual({ 24: [4, 3], 16: [4, 1], 12: [4] }[ratio]);
});

test('a plan seats everybody, wastes no shift, and fits into its half-days', () => {
  fc.assert(
    fc.property(
      fc.record({
        candidates: fc.integer({ min: 1, max: 20_000 }),
        computers: fc.integer({ min: 1, max: 5_000 }),
        sparePercent: fc.integer({ min: 0, max: 50 }),
        minutes: fc.integer({ min: 10, max: 180 }),
        turnover: fc.integer({ min: 0, max: 60 }),
        halfDay: fc.integer({ min: 60, max: 300 }),
      }),
      (needs) => {
        const plan = planShifts(needs);
        const each = needs.minutes + needs.turnover;
        const seats = Math.floor((needs.computers * (100 - needs.sparePercent)) / 100);
        expect(plan === null).toBe(seats === 0 || each > needs.halfDay);
        fc.pre(plan !== null);
        expect(plan.seats * plan.shifts).toBeGreaterThanOrEqual(needs.candidates);
        expect(plan.seats * (plan.shifts - 1)).toBeLessThan(needs.candidates);
        expect(plan.halfDays.reduce((sum, one) => sum + one, 0)).toBe(plan.shifts);
        for (const shifts of plan.halfDays) expect(shifts * each).toBeLessThanOrEqual(needs.halfDay);
      },
    ),
  );
});
