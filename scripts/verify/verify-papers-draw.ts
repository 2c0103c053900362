/** The derivation of bank/assembly/README.md §1 and §3 to §5, written from that text alone. */
import { createHash, createHmac } from 'node:crypto';
import type { Blueprint, Cell, Item, Publication } from './verify-papers-file.ts';
import { Generator } from './verify-papers-generator.ts';
import { findGroups, fixPassages, type Deck, type Group } from './verify-papers-groups.ts';
import { cardsOf, takeQuestions } from './verify-papers-passages.ts';

export interface Slot {
  item: string;
  version: number;
  kind: string;
  cell: string | null;
  part: number;
  points: number;
  order: string[];
}

const MAX_SELECTIONS = 10_000;

/** Canonical JSON (RFC 8785) of what a publication can hold: no fractions, keys sorted by UTF-16 units. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}

function lp(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function hmac(key: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

export function commitmentOf({ exam, seed }: Publication): string {
  const message = lp(
    'niem/seed-commitment/1',
    exam,
    Buffer.from(seed.r, 'hex'),
    Buffer.from(seed.salt, 'hex'),
  );
  return createHash('sha256').update(message).digest('hex');
}

function examSeedOf({ exam, manifestHash, seed }: Publication): Buffer {
  return hmac(Buffer.from(seed.r, 'hex'), lp('niem/exam-seed/1', exam, manifestHash));
}

function streamOf(seed: Buffer, name: string): Generator {
  return new Generator(hmac(seed, lp('niem/stream/1', name)).toString('hex'));
}

/** A question of a paper before its place on it is known. */
export interface Chosen {
  item: Item;
  cell: Cell;
  part: number;
}

/** Whether a selection may be a paper; it is the so many-th of its paper, from 0. */
export type Accepts = (chosen: readonly Chosen[], number: number) => boolean;

/** Draws any paper of a publication. */
export class Drawer {
  private readonly exam: string;
  private readonly seed: Buffer;
  private readonly blueprint: Blueprint;
  private readonly items: Map<string, Item>;
  readonly groups: readonly Group[];

  constructor(publication: Publication) {
    this.exam = publication.exam;
    this.seed = examSeedOf(publication);
    this.blueprint = publication.blueprint;
    const sorted = publication.snapshot.toSorted((a, b) => compareUtf8(a.item, b.item));
    this.items = new Map(sorted.map((item) => [item.item, item]));
    this.groups = findGroups(this.blueprint, sorted);
  }

  /** The slots of an attempt's paper at one count of the redraw counter; questions that were dealt are given. */
  paper(attempt: string, redraw: number, dealt?: readonly Chosen[], accepts?: Accepts): Slot[] {
    const seed = hmac(this.seed, lp('niem/paper/1', this.exam, attempt, String(redraw)));
    return this.layOut(dealt ?? this.select(streamOf(seed, 'selection'), accepts), seed);
  }

  private layOut(chosen: readonly Chosen[], seed: Buffer): Slot[] {
    const slots = this.arrange(chosen, streamOf(seed, 'item-order'));
    const options = streamOf(seed, 'option-order');
    return slots.map((slot) => ({ ...slot, order: this.optionOrder(slot.item, options) }));
  }

  /** The slots of a form, whose questions are given. */
  form(code: string, chosen: readonly Chosen[]): Slot[] {
    return this.layOut(chosen, hmac(this.seed, lp('niem/form/1', this.exam, code)));
  }

  /** The numbers from which the forms of a room in one shift are shuffled. */
  room(shift: number, room: string): Generator {
    return new Generator(hmac(this.seed, lp('niem/room/1', this.exam, String(shift), room)).toString('hex'));
  }

  /** A stream from which the questions of all papers are dealt. */
  dealing(name: string): Generator {
    return streamOf(hmac(this.seed, lp('niem/deal/1', this.exam)), name);
  }

  /** The groups with the questions of every passage fixed for all papers. */
  decks(): Deck[] {
    const seed = hmac(this.seed, lp('niem/passages/1', this.exam));
    return fixPassages(this.groups, new Generator(seed.toString('hex')));
  }

  private select(numbers: Generator, accepts: Accepts = () => true): Chosen[] {
    for (let round = 0; round < MAX_SELECTIONS; round++) {
      const descriptions: Item[] = [];
      const chosen = this.groups.flatMap(({ possible, cells, passages }) => {
        const count = cells.reduce((sum, { cell }) => sum + cardsOf(cell), 0);
        const cards = numbers.take(possible, count);
        if (passages) descriptions.push(...cards);
        const drawn = cards
          .flatMap((card) => {
            const passage = passages?.get(card);
            return passage ? takeQuestions(passage, (list, k) => numbers.take(list, k)) : [card];
          })
          .values();
        return cells.flatMap(({ cell, part }) => drawnFor(drawn, cell, part));
      });
      const items = [...chosen.map(({ item }) => item), ...descriptions];
      const enemies = items.flatMap((item) => item.enemies ?? []);
      const ids = items.map(({ item }) => item);
      const isOnce = (list: string[]): boolean => new Set(list).size === list.length;
      const mixed = chosen.some(
        ({ item, cell }) =>
          !cell.passage && descriptions.some((description) => description.item === item.stimulus),
      );
      if (isOnce(enemies) && isOnce(ids) && !mixed && accepts(chosen, round)) return chosen;
    }
    throw new Error('nearly every selection uses an item twice, has enemies or leaves a target');
  }

  private arrange(chosen: readonly Chosen[], numbers: Generator): Omit<Slot, 'order'>[] {
    const slots: Omit<Slot, 'order'>[] = [];
    this.blueprint.parts.forEach((_, part) => {
      const mine = chosen.filter((one) => one.part === part);
      const units = new Map<string, typeof mine>();
      for (const one of mine.toSorted((a, b) => compareUtf8(a.item.item, b.item.item))) {
        const unit = one.item.stimulus === undefined ? `item ${one.item.item}` : `unit ${one.item.stimulus}`;
        units.set(unit, [...(units.get(unit) ?? []), one]);
      }
      const inOrder = numbers.take([...units.values()], units.size);
      for (const unit of inOrder) {
        const stimulus = unit[0]?.item.stimulus;
        if (stimulus !== undefined) slots.push(this.descriptionSlot(stimulus, part));
        for (const { item, cell } of numbers.take(unit, unit.length)) {
          const { item: id, version, kind } = item;
          slots.push({ item: id, version, kind, cell: cell.id, part, points: cell.points });
        }
      }
    });
    return slots;
  }

  private descriptionSlot(id: string, part: number): Omit<Slot, 'order'> {
    const description = this.items.get(id);
    if (description?.kind !== 'description') throw new Error(`the description ${id} is not in the snapshot`);
    return { item: id, version: description.version, kind: 'description', cell: null, part, points: 0 };
  }

  private optionOrder(id: string, numbers: Generator): string[] {
    const { parts, pinned } = this.items.get(id) ?? { parts: [], pinned: [] };
    const kept = new Set<string>(pinned);
    const moving = parts.filter((part: string) => !kept.has(part));
    const shuffled = numbers.take(moving, moving.length).values();
    return parts.map((part: string) => (kept.has(part) ? part : String(shuffled.next().value)));
  }
}

function drawnFor(drawn: ArrayIterator<Item>, cell: Cell, part: number): Chosen[] {
  const mine: Chosen[] = [];
  while (mine.length < cell.count) {
    const next = drawn.next();
    if (next.done) throw new Error(`cell ${cell.id} got too few items`);
    mine.push({ item: next.value, cell, part });
  }
  return mine;
}
