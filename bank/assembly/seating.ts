import { DomainError, type FormsSetting, type Place, type SeatedAttempt } from '#bank/protocol';
import { byUtf8 } from './order.ts';
import { shuffle } from './rng.ts';
import { roomStream } from './seeds.ts';

/** A candidate before the seats are fixed; the list said some of the place, or nothing. */
export interface Unseated extends Partial<Place> {
  attempt: string;
  number: string;
}

type SeatRules = Pick<FormsSetting, 'count' | 'perShift' | 'seatsPerRoom' | 'seatsPerRow'>;

export function shiftsOf({ count, perShift }: Pick<FormsSetting, 'count' | 'perShift'>): number {
  return Math.ceil(count / perShift);
}

/**
 * A seat for everybody: what the list says stays; who has no shift yet fills the shifts evenly by rising number, and
 * who has no room sits in rooms 1, 2, … that the list does not name for that shift.
 *
 * @returns sorted by attempt id
 * @throws DomainError `seat-shift` for a shift that the exam does not have, `seat-taken` for two on one seat
 */
export function seatAll(candidates: readonly Unseated[], rules: SeatRules): SeatedAttempt[] {
  const shifts = shiftsOf(rules);
  const sorted = [...candidates].sort((a, b) => byUtf8(a.number, b.number));
  const odd = sorted.find(({ shift = 1 }) => shift > shifts);
  if (odd) throw new DomainError('seat-shift', 409, { number: odd.number, shift: odd.shift ?? 0, shifts });
  const seated = inShifts(sorted, shifts).flatMap((people, index) =>
    inRooms(people, index + 1, rules.seatsPerRoom),
  );
  requireOwnSeats(seated);
  return seated
    .map(({ attempt, shift, room, seat }) => ({ attempt, shift, room, seat }))
    .sort((a, b) => byUtf8(a.attempt, b.attempt));
}

function inShifts(sorted: readonly Unseated[], shifts: number): Unseated[][] {
  const lists = Array.from({ length: shifts }, (_, index) =>
    sorted.filter(({ shift }) => shift === index + 1),
  );
  const free = sorted.filter(({ shift }) => shift === undefined);
  const least = Math.floor(sorted.length / shifts);
  const larger = sorted.length % shifts;
  for (const [index, list] of lists.entries())
    list.push(...free.splice(0, Math.max(0, least + (index < larger ? 1 : 0) - list.length)));
  return lists;
}

type Numbered = SeatedAttempt & { number: string };

/** Who has a room and no seat gets the first free one there; who has no room, the next one in the numbered rooms. */
function inRooms(people: readonly Unseated[], shift: number, perRoom: number): Numbered[] {
  const taken = new Map<string, Set<number>>();
  for (const { room, seat } of people) {
    if (room === undefined) continue;
    const seats = taken.get(room) ?? new Set();
    taken.set(room, seat === undefined ? seats : seats.add(seat));
  }
  const firstFree = (room: string): number => {
    const seats = taken.get(room) ?? new Set();
    let seat = 1;
    while (seats.has(seat)) seat++;
    taken.set(room, seats.add(seat));
    return seat;
  };
  const named = new Set(taken.keys());
  let [room, filled] = [0, perRoom];
  const nextRoom = (): string => {
    if (filled === perRoom) {
      do room++;
      while (named.has(String(room)));
      filled = 0;
    }
    filled++;
    return String(room);
  };
  return people.map(({ attempt, number, ...given }) => {
    const mine = given.room ?? nextRoom();
    return { attempt, number, shift, room: mine, seat: given.seat ?? firstFree(mine) };
  });
}

function requireOwnSeats(seated: readonly Numbered[]): void {
  const taken = new Map<string, string>();
  for (const { shift, room, seat, number } of seated) {
    const key = JSON.stringify([shift, room, seat]);
    const first = taken.get(key);
    if (first !== undefined) throw new DomainError('seat-taken', 409, { shift, room, seat, first, number });
    taken.set(key, number);
  }
}

/**
 * The form of every attempt. In each room the forms of the shift are shuffled and stand in a fixed pattern, so that
 * nobody chooses who gets which: with two or three, no neighbour beside, before or behind has the same; with four or
 * more none at the corners either. Reserve papers take the reserve forms in turn.
 *
 * @returns attempt → place of its form, from 0
 */
export function assignForms(
  seating: readonly SeatedAttempt[],
  reserve: readonly string[],
  rules: FormsSetting,
  seed: Uint8Array,
  exam: string,
): Map<string, number> {
  const orders = new Map<string, number[]>();
  const orderOf = (shift: number, room: string): number[] => {
    const key = JSON.stringify([shift, room]);
    const first = (shift - 1) * rules.perShift;
    const forms = Array.from({ length: formsOfShift(rules, shift) }, (_, at) => first + at);
    const order = orders.get(key) ?? shuffle(roomStream(seed, exam, shift, room), forms);
    orders.set(key, order);
    return order;
  };
  const forms = new Map<string, number>();
  for (const { attempt, shift, room, seat } of seating) {
    const order = orderOf(shift, room);
    const { row, column } = placeInRoom(seat, rules.seatsPerRow);
    forms.set(attempt, order[(column + stepOf(order.length) * row) % order.length] ?? 0);
  }
  for (const [index, attempt] of reserve.entries()) forms.set(attempt, rules.count + (index % rules.spare));
  return forms;
}

/** Forms of a shift; the last one may have fewer. */
export function formsOfShift({ count, perShift }: Pick<FormsSetting, 'count' | 'perShift'>, shift: number) {
  return Math.min(perShift, count - (shift - 1) * perShift);
}

export function placeInRoom(seat: number, perRow: number): { row: number; column: number } {
  return { row: Math.floor((seat - 1) / perRow), column: (seat - 1) % perRow };
}

/** From row to row the pattern moves by so many forms. */
function stepOf(forms: number): number {
  return forms >= 4 ? 2 : 1;
}

/**
 * Pairs of attempts that sit so near that they must not have the same form: beside, before and behind; from four forms
 * on also at the corners.
 */
export function* neighbours(
  seating: readonly SeatedAttempt[],
  rules: FormsSetting,
): Generator<[SeatedAttempt, SeatedAttempt], void> {
  const key = (shift: number, room: string, row: number, column: number): string =>
    JSON.stringify([shift, room, row, column]);
  const seats = new Map(
    seating.map((one) => {
      const { row, column } = placeInRoom(one.seat, rules.seatsPerRow);
      return [key(one.shift, one.room, row, column), one];
    }),
  );
  for (const one of seating) {
    const { row, column } = placeInRoom(one.seat, rules.seatsPerRow);
    const corners = formsOfShift(rules, one.shift) >= 4;
    const steps = [
      [0, 1],
      [1, 0],
      ...(corners
        ? [
            [1, 1],
            [1, -1],
          ]
        : []),
    ];
    for (const [down = 0, right = 0] of steps) {
      const other = seats.get(key(one.shift, one.room, row + down, column + right));
      if (other) yield [one, other];
    }
  }
}
