/**
 * Forms that candidates share: bank/assembly/README.md §11, written from that text alone. How forms were found is not
 * derived again: that they keep every rule is counted, and who got which form is derived.
 */
import { cellFailures, type Failure } from './verify-papers-cells.ts';
import { atLeastOne, beyond, outsideOf, tally } from './verify-papers-deal.ts';
import { compareUtf8, Drawer, hashOf, type Chosen, type Slot } from './verify-papers-draw.ts';
import type { FormRules, Item, Publication, Seat } from './verify-papers-file.ts';
import type { Deck } from './verify-papers-groups.ts';
import { cardsOf } from './verify-papers-passages.ts';
import { heldTo, offTarget } from './verify-papers-targets.ts';

/** A publication of which the parts that forms need are there. */
interface WithForms {
  publication: Publication;
  rules: FormRules;
  forms: NonNullable<Publication['forms']>;
  seating: Seat[];
  reserve: string[];
}

export interface Form {
  code: string;
  chosen: Chosen[];
  slots: Slot[];
  hash: string;
}

/** What stands on every form of a publication; none where candidates share none. */
export function publishedForms({ forms, ...publication }: Publication): Form[] {
  return forms ? layOut({ publication, forms }, new Drawer(publication)) : [];
}

/** Checks every form and derives who got which; calls `done` after each attempt. */
export function checkForms(publication: Publication, done: (count: number) => void): Failure[] {
  const { manifest, forms, seating } = publication;
  if (!manifest.forms || !forms || !seating)
    return [{ check: 'form', message: 'rules, forms or seats are missing' }];
  const all = { publication, rules: manifest.forms, forms, seating, reserve: manifest.reserve ?? [] };
  const frame = [...seatFailures(all), ...countFailures(all)];
  if (frame.length > 0) return frame;
  const drawer = new Drawer(publication);
  try {
    const laid = layOut(all, drawer);
    return [...formFailures(all, drawer, laid), ...assignmentFailures(all, drawer, laid, done)];
  } catch (error) {
    return [{ check: 'form', message: error instanceof Error ? error.message : 'it cannot be derived' }];
  }
}

function seatFailures({ publication, rules, seating, reserve }: WithForms): Failure[] {
  const bad = (message: string): Failure => ({ check: 'seating', message });
  const failures: Failure[] = [];
  if (hashOf(seating) !== publication.manifest.seatingRoot)
    failures.push(bad('its hash is not the one in the manifest'));
  const placed = [...seating.map(({ attempt }) => attempt), ...reserve].sort(compareUtf8);
  const attempts = publication.papers.map(({ attempt }) => attempt);
  if (placed.join() !== attempts.join()) failures.push(bad('seats and reserve are not all the attempts'));
  const shifts = Math.ceil(rules.count / rules.perShift);
  if (seating.some(({ shift }) => shift < 1 || shift > shifts)) failures.push(bad('a shift does not exist'));
  const seats = new Set(seating.map(({ shift, room, seat }) => JSON.stringify([shift, room, seat])));
  if (seats.size !== seating.length || seating.some(({ seat }) => seat < 1))
    failures.push(bad('two sit on one seat'));
  return failures;
}

function countFailures({ rules, forms, reserve }: WithForms): Failure[] {
  const codes = Array.from({ length: rules.count + rules.spare }, (_, index) => codeOf(index));
  if (forms.list.map(({ code }) => code).join() !== codes.join())
    return [{ check: 'form', message: 'the codes are not those of the rules' }];
  if (reserve.length > 0 && rules.spare === 0)
    return [{ check: 'reserve', message: 'there is no form for it' }];
  return [];
}

function codeOf(index: number): string {
  return `${101 + index}`.padStart(4, '0');
}

/** Cell after cell the items of each form, and from them its slots. */
function layOut({ publication, forms }: Pick<WithForms, 'publication' | 'forms'>, drawer: Drawer): Form[] {
  const items = new Map(publication.snapshot.map((item) => [item.item, item]));
  return forms.list.map(({ code, items: ids }) => {
    const left = ids.values();
    const chosen = publication.blueprint.parts.flatMap(({ cells }, part) =>
      cells.flatMap((cell) =>
        Array.from({ length: cell.count }, (): Chosen => {
          const item = items.get(String(left.next().value));
          if (!item) throw new Error(`form ${code} has too few items, or one that is not in the snapshot`);
          return { item, cell, part };
        }),
      ),
    );
    if (!left.next().done) throw new Error(`form ${code} has too many items`);
    const slots = drawer.form(code, chosen);
    return { code, chosen, slots, hash: hashOf({ slots }) };
  });
}

function formFailures(all: WithForms, drawer: Drawer, forms: readonly Form[]): Failure[] {
  const { publication, rules } = all;
  const items = new Map(publication.snapshot.map((item) => [item.item, item]));
  const bad = (message: string): Failure => ({ check: 'form', message });
  const failures = forms.flatMap(({ code, slots }) =>
    cellFailures(publication.blueprint, items, slots).map((message) => bad(`${code}: ${message}`)),
  );
  for (const [item, uses] of usesOf(forms))
    if (uses > rules.maxUses)
      failures.push(bad(`${item} stands on ${uses} forms, ${rules.maxUses} are allowed`));
  const decks = drawer.decks();
  const isSolved = publication.manifest.algorithm === 'niem-solved/1';
  return [
    ...failures,
    ...(isSolved ? [] : uneven(decks, forms)),
    ...overlaps(rules, forms),
    ...outside(all, decks, forms),
  ];
}

function usesOf(forms: readonly Form[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { chosen } of forms)
    for (const { item } of chosen) uses.set(item.item, (uses.get(item.item) ?? 0) + 1);
  return uses;
}

/** Items of a group are used equally often, give or take one, and passages with the questions that were fixed. */
function uneven(decks: readonly Deck[], forms: readonly Form[]): Failure[] {
  const uses = usesOf(forms);
  return decks.flatMap(({ questions, passages, cells }): Failure[] => {
    const fixed = new Set([...questions.values()].flat());
    const strange = forms.find(({ chosen }) =>
      chosen.some(({ item, cell }) => cells.some((one) => one.cell === cell) && !fixed.has(item)),
    );
    if (passages && strange)
      return [
        { check: 'form', message: `${strange.code}: a passage brings other questions than were fixed` },
      ];
    const counts = [...fixed].map(({ item }) => uses.get(item) ?? 0);
    if (Math.max(...counts) - Math.min(...counts) <= 1) return [];
    return [{ check: 'form', message: `the items of cell ${cells[0]?.cell.id} are not used equally often` }];
  });
}

function overlaps(rules: FormRules, forms: readonly Form[]): Failure[] {
  const shiftOf = (index: number): number =>
    index < rules.count ? Math.floor(index / rules.perShift) : rules.count + index;
  return forms.flatMap((one, a) =>
    forms.slice(a + 1).flatMap((other, after): Failure[] => {
      if (shiftOf(a) === shiftOf(a + 1 + after)) return [];
      const mine = new Set(one.chosen.map(({ item }) => item));
      const common = other.chosen.filter(({ item }) => mine.has(item)).length;
      if (common * 100 <= rules.overlap * one.chosen.length) return [];
      const message = `${one.code} and ${other.code} have ${common} of ${one.chosen.length} questions in common`;
      return [{ check: 'form', message }];
    }),
  );
}

/** Forms outside the bands, which were doubled so many times, or outside a target. */
function outside(
  { publication, forms: { doublings } }: WithForms,
  groups: readonly Deck[],
  forms: readonly Form[],
): Failure[] {
  const held = heldTo(publication, groups);
  const { limits, ends, isTimed } = held;
  const widen = 2n ** BigInt(Math.min(doublings, 64));
  const abilities = [0, 1, 2].flatMap((ability) => {
    const isKnown = groups.every(({ possible }) =>
      possible.every(({ information }) => information?.[ability] !== undefined),
    );
    return isKnown ? [{ ability, ...informationLimits(groups, ability) }] : [];
  });
  return forms.flatMap(({ code, chosen }): Failure[] => {
    const { score, seconds } = tally(chosen, isTimed);
    const far: [string, bigint][] = [
      ['score', outsideOf(score - limits.score, widen * limits.scoreBand, limits.score, ends.score)],
      ['time', outsideOf(seconds - limits.seconds, widen * limits.secondsBand, limits.seconds, ends.seconds)],
      ...abilities.map(({ ability, mean, band }): [string, bigint] => [
        `information at ability ${ability - 1}`,
        beyond(informationOf(chosen, ability) - mean, widen * band),
      ]),
    ];
    const messages = [
      ...far.filter(([, distance]) => distance > 0n).map(([name]) => `its ${name} is outside the band`),
      ...offTarget(held, chosen),
    ];
    return messages.map((message) => ({ check: 'form', message: `${code}: ${message}` }));
  });
}

function informationOf(chosen: readonly Chosen[], ability: number): bigint {
  return chosen.reduce((sum, { item }) => sum + BigInt(item.information?.[ability] ?? 0), 0n);
}

function informationLimits(groups: readonly Deck[], ability: number): { mean: bigint; band: bigint } {
  const common = groups.reduce((product, { possible }) => product * BigInt(possible.length), 1n);
  const of = (item: Item): bigint => BigInt(item.information?.[ability] ?? 0);
  const sum = groups.reduce((all, { possible, cells }) => {
    const wanted = cells.reduce((count, { cell }) => count + cardsOf(cell), 0);
    const values = possible.reduce((total, item) => total + of(item), 0n);
    return all + (common / BigInt(possible.length)) * BigInt(wanted) * values;
  }, 0n);
  const mean = sum / common;
  return { mean, band: atLeastOne((35n * mean) / 1000n) };
}

function assignmentFailures(
  { publication, rules, seating, reserve }: WithForms,
  drawer: Drawer,
  forms: readonly Form[],
  done: (count: number) => void,
): Failure[] {
  const given = new Map<string, number>();
  const orders = new Map<string, number[]>();
  for (const { attempt, shift, room, seat } of seating) {
    const key = JSON.stringify([shift, room]);
    const order = orders.get(key) ?? shuffled(drawer, rules, shift, room);
    orders.set(key, order);
    const row = Math.floor((seat - 1) / rules.seatsPerRow);
    const column = (seat - 1) % rules.seatsPerRow;
    given.set(attempt, order[(column + (order.length >= 4 ? 2 * row : row)) % order.length] ?? -1);
  }
  for (const [index, attempt] of reserve.entries()) given.set(attempt, rules.count + (index % rules.spare));
  const failures = publication.papers.flatMap(({ attempt, redraw, paperHash }, index): Failure[] => {
    const form = forms[given.get(attempt) ?? -1];
    done(index + 1);
    if (form && redraw === 0 && form.hash === paperHash) return [];
    const message = form ? `its form is ${form.code}, whose hash is ${form.hash}` : 'it has no form';
    return [{ check: 'paper', attempt, message }];
  });
  return [...failures, ...neighbourFailures(rules, seating, given)];
}

function shuffled(drawer: Drawer, rules: FormRules, shift: number, room: string): number[] {
  const first = (shift - 1) * rules.perShift;
  const forms = Array.from({ length: rules.count }, (_, index) => index);
  const mine = forms.slice(first, first + rules.perShift);
  return drawer.room(shift, room).take(mine, mine.length);
}

/** Nobody beside, before or behind has the same form; from four forms on nobody at the corners either. */
function neighbourFailures(
  rules: FormRules,
  seating: readonly Seat[],
  given: ReadonlyMap<string, number>,
): Failure[] {
  const at = new Map<string, string>();
  const key = (shift: number, room: string, row: number, column: number): string =>
    JSON.stringify([shift, room, row, column]);
  const place = ({ seat }: Seat): [number, number] => [
    Math.floor((seat - 1) / rules.seatsPerRow),
    (seat - 1) % rules.seatsPerRow,
  ];
  for (const seat of seating) at.set(key(seat.shift, seat.room, ...place(seat)), seat.attempt);
  return seating.flatMap((seat): Failure[] => {
    const forms = Math.min(rules.perShift, rules.count - (seat.shift - 1) * rules.perShift);
    const [row, column] = place(seat);
    const near = [
      [row, column + 1],
      [row + 1, column],
    ];
    if (forms >= 4) near.push([row + 1, column + 1], [row + 1, column - 1]);
    const alike = near.some(([r = 0, c = 0]) => {
      const other = at.get(key(seat.shift, seat.room, r, c));
      return other !== undefined && given.get(other) === given.get(seat.attempt);
    });
    if (forms < 2 || !alike) return [];
    const message = `a neighbour of seat ${seat.seat} in room ${seat.room} has the same form`;
    return [{ check: 'neighbours', attempt: seat.attempt, message }];
  });
}
