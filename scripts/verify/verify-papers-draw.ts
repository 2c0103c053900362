/** The derivation of bank/assembly/README.md §1 and §3 to §5, written from that text alone. */
import { createHash, createHmac } from 'node:crypto';
import type { Blueprint, Cell, Item, Publication } from './verify-papers-file.ts';

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

/** ARC4 keyed with the ASCII digits of the seed, its first 256 bytes thrown away; numbers are four bytes each. */
export class Generator {
  private readonly state = Uint8Array.from({ length: 256 }, (_, index) => index);
  private i = 0;
  private j = 0;

  constructor(digits: string) {
    const key = Buffer.from(digits, 'ascii');
    let j = 0;
    for (let i = 0; i < 256; i++) {
      j = (j + this.at(i) + (key[i % key.length] ?? 0)) & 255;
      this.swap(i, j);
    }
    for (let dropped = 0; dropped < 256; dropped++) this.byte();
  }

  private at(index: number): number {
    return this.state[index & 255] ?? 0;
  }

  private swap(a: number, b: number): void {
    const kept = this.at(a);
    this.state[a] = this.at(b);
    this.state[b] = kept;
  }

  private byte(): number {
    this.i = (this.i + 1) & 255;
    this.j = (this.j + this.at(this.i)) & 255;
    this.swap(this.i, this.j);
    return this.at(this.at(this.i) + this.at(this.j));
  }

  private number(): number {
    let value = 0;
    for (let count = 0; count < 4; count++) value = value * 256 + this.byte();
    return value;
  }

  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let value = this.number();
    while (value >= limit) value = this.number();
    return value % n;
  }

  take<T>(list: readonly T[], count: number): T[] {
    if (count > list.length) throw new Error(`${count} of ${list.length} items cannot be drawn`);
    const entries = list.slice();
    for (let i = 0; i < count; i++) {
      const j = i + this.below(entries.length - i);
      const moved = entries.splice(j, 1, entries[i] as T);
      entries.splice(i, 1, ...moved);
    }
    return entries.slice(0, count);
  }
}

export interface Group {
  possible: Item[];
  cells: { cell: Cell; part: number }[];
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
    this.groups = this.findGroups(sorted);
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

  private findGroups(sorted: readonly Item[]): Group[] {
    const groups: Group[] = [];
    this.blueprint.parts.forEach(({ cells }, part) => {
      for (const cell of cells) {
        const possible = sorted.filter((item) => mayStandIn(cell, item));
        const same = groups.find(
          (group) =>
            group.possible.length === possible.length &&
            group.possible.every((item, at) => item === possible[at]),
        );
        if (same) same.cells.push({ cell, part });
        else groups.push({ possible, cells: [{ cell, part }] });
      }
    });
    return groups;
  }

  private select(numbers: Generator, accepts: Accepts = () => true): Chosen[] {
    for (let round = 0; round < MAX_SELECTIONS; round++) {
      const chosen = this.groups.flatMap(({ possible, cells }) => {
        const count = cells.reduce((sum, { cell }) => sum + cell.count, 0);
        const drawn = numbers.take(possible, count).values();
        return cells.flatMap(({ cell, part }) => drawnFor(drawn, cell, part));
      });
      const enemies = chosen.flatMap(({ item }) => item.enemies ?? []);
      const hasPeace = new Set(enemies).size === enemies.length;
      const isWhole = hasPeace && new Set(chosen.map(({ item }) => item.item)).size === chosen.length;
      if (isWhole && accepts(chosen, round)) return chosen;
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

/** Whether an item of the snapshot may stand in a cell. */
export function mayStandIn(cell: Cell, { item, topic, level, kind, ...rest }: Item): boolean {
  if (kind === 'description') return false;
  if (cell.items) return cell.items.includes(item);
  if (topic !== cell.topic || kind !== cell.kind) return false;
  if (!cell.statements) return level === cell.level;
  const levels = rest.statementLevels ?? cell.statements.map(() => level);
  return levels.toSorted().join() === cell.statements.toSorted().join();
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
