import {
  feasibility,
  fitter,
  indexPassages,
  isListCell,
  isPassageCell,
  passagesOf,
  placedCells,
  questionsOfPassage,
  requireFeasible,
} from '#bank/blueprint';
import {
  dayAt,
  daysAfter,
  DomainError,
  type Actor,
  type Blueprint,
  type Cell,
  type ItemUse,
  type PoolItem,
} from '#bank/protocol';
import type { BankPoolItem } from '#server/banks';
import { eachDocument } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import type { ExamRecord } from './exam-state.ts';

/** An item that would fit but is kept off papers; `until` is the day on which it is free again, where one is known. */
interface HeldItem {
  item: PoolItem;
  until?: string;
}

/** What may enter the papers of an exam now, and what may not, each by the first reason that holds it. */
export interface Stock {
  admitted: PoolItem[];
  held: {
    embargo: HeldItem[];
    /** Rests since its last use, or may stand on papers of an exam that has not closed. */
    lastUse: HeldItem[];
    /** Stood on more papers than the limit. */
    exposure: HeldItem[];
    /** Approved by its author only. */
    review: HeldItem[];
  };
}

/** What is known of the use of items, while stock is taken. */
interface Known {
  uses: ReadonlyMap<string, ItemUse>;
  /** Items of exams that have not closed. */
  pending: ReadonlySet<string>;
  today: string;
}

/** Sorts what a bank has by whether it may enter papers of this exam. */
export function createStock({ store, banks, uses, clock }: ExamsDeps) {
  return async function stockOf(
    actor: Actor,
    exam: ExamRecord,
    blueprint: Blueprint | undefined,
  ): Promise<Stock> {
    const pool = await banks.poolMetadata(actor, exam.bank);
    const { restDays, maxPapers } = blueprint?.limits ?? {};
    const known: Known = {
      uses: restDays === undefined && maxPapers === undefined ? new Map() : await uses.ofBank(exam.bank),
      pending: restDays === undefined ? new Set() : await pendingItems(exam),
      today: dayAt(clock.now()),
    };
    return sortStock(exam.profile, blueprint, pool, known);
  };

  /**
   * Items that may stand on papers of other sealed exams of the same owner: which ones do is secret until these have
   * closed, and of an exam of somebody else even what they were drawn from.
   */
  async function pendingItems({ _id, owner, bank }: ExamRecord): Promise<Set<string>> {
    const pending = new Set<string>();
    for await (const other of eachDocument(store, 'exams', { index: 'by_owner', equals: [owner] })) {
      const isPending = other.state === 'sealed' || other.state === 'open';
      if (!isPending || other._id === _id || other.bank !== bank || other.profile === 'P0') continue;
      const pool = await store.get('pools', other._id);
      for (const { item } of pool?.snapshot ?? []) pending.add(item);
    }
    return pending;
  }
}

function sortStock(
  profile: ExamRecord['profile'],
  blueprint: Blueprint | undefined,
  pool: readonly BankPoolItem[],
  known: Known,
): Stock {
  const stock: Stock = { admitted: [], held: { embargo: [], lastUse: [], exposure: [], review: [] } };
  const typed = new Map(pool.map(({ item, lastUsed }) => [item, lastUsed]));
  for (const entry of pool) {
    const item = withoutReview(entry);
    const reason = reasonOf(entry, blueprint?.limits ?? {}, typed, known);
    if (reason)
      stock.held[reason.by].push({ item, ...(reason.until !== undefined && { until: reason.until }) });
    else if (profile !== 'P0' && !entry.officialUse) stock.held.review.push({ item });
    else stock.admitted.push(item);
  }
  return stock;
}

/** What keeps an item from being drawn now. It shares the uses of its description, without which it is never seen. */
function reasonOf(
  { item, stimulus, embargoUntil }: BankPoolItem,
  { restDays, maxPapers }: NonNullable<Blueprint['limits']>,
  typed: ReadonlyMap<string, string | undefined>,
  { uses, pending, today }: Known,
): { by: 'embargo' | 'lastUse' | 'exposure'; until?: string } | null {
  if (embargoUntil !== undefined) return { by: 'embargo', until: embargoUntil };
  const both = stimulus === undefined ? [item] : [item, stimulus];
  if (restDays !== undefined) {
    if (both.some((one) => pending.has(one))) return { by: 'lastUse' };
    const [last] = both
      .flatMap((one) => [typed.get(one) ?? [], uses.get(one)?.day ?? []].flat())
      .sort()
      .reverse();
    const until = last === undefined ? today : daysAfter(last, restDays);
    if (until > today) return { by: 'lastUse', until };
  }
  const papers = Math.max(...both.map((one) => uses.get(one)?.papers ?? 0));
  return maxPapers !== undefined && papers > maxPapers ? { by: 'exposure' } : null;
}

/**
 * Whether what may be drawn can fill the blueprint.
 *
 * @throws DomainError `items-not-official` when it could if authors' own approvals counted, or when a list names
 * such an item; `blueprint-held` when a short cell could take items that embargoes or limits hold back;
 * `blueprint-infeasible` when the bank cannot fill it at all
 */
export function requireStock(
  profile: ExamRecord['profile'],
  blueprint: Blueprint,
  { admitted, held }: Stock,
): void {
  const all = [...admitted, ...Object.values(held).flatMap(itemsOf)];
  const short = feasibility(blueprint, admitted).cells.filter(({ missing }) => missing > 0);
  if (profile !== 'P0') {
    const selfApproved = itemsOf(held.review);
    const wouldDo = short.length > 0 && feasibility(blueprint, [...admitted, ...selfApproved]).feasible;
    refuseSelfApproved(
      all,
      placedCells(blueprint)
        .map(({ cell }) => cell)
        .filter((cell) => isListCell(cell) || (wouldDo && short.some((one) => one.cell === cell.id))),
      selfApproved,
    );
  }
  for (const { cell: id, need, missing } of short) {
    const cell = placedCells(blueprint).find((placed) => placed.cell.id === id)?.cell;
    const holding = cell && holdings(held, taker(cell, all));
    if (holding)
      throw new DomainError('blueprint-held', 409, {
        cell: id,
        need,
        have: need - missing,
        missing,
        ...holding,
      });
  }
  requireFeasible(blueprint, admitted);
}

export function itemsOf(held: readonly HeldItem[]): PoolItem[] {
  return held.map(({ item }) => item);
}

const HOLDS = {
  embargo: { vi: 'câu chưa đến ngày được dùng', en: 'under embargo' },
  lastUse: { vi: 'câu mới dùng', en: 'used lately' },
  exposure: { vi: 'câu đã ở quá nhiều đề', en: 'on too many papers already' },
  pending: { vi: 'câu chờ bài thi khác đóng', en: 'waiting until another exam has closed' },
} as const;
const FREE_FROM = { vi: 'dùng lại từ', en: 'free from' } as const;

/** How many fitting items are held by what until when, in both languages; null when there is none. */
function holdings(
  { embargo, lastUse, exposure }: Stock['held'],
  fits: (item: PoolItem) => boolean,
): { held: string; heldEn: string } | null {
  const pending = lastUse.filter(({ until }) => until === undefined);
  const rested = lastUse.filter(({ until }) => until !== undefined);
  const groups = Object.entries({ embargo, lastUse: rested, pending, exposure }).flatMap(([by, items]) => {
    const mine = items.filter(({ item }) => fits(item));
    const days = mine.flatMap(({ until }) => until ?? []).sort();
    return mine.length === 0 ? [] : [{ by: by as keyof typeof HOLDS, count: mine.length, days }];
  });
  if (groups.length === 0) return null;
  const told = (language: 'vi' | 'en'): string =>
    groups
      .map(({ by, count, days }) => {
        const span = [...new Set([days[0], days.at(-1)])].filter(Boolean).join(' – ');
        return `${count} ${HOLDS[by][language]}${span && ` (${FREE_FROM[language]} ${span})`}`;
      })
      .join('; ');
  return { held: told('vi'), heldEn: told('en') };
}

/** Refuses cells that would take items which nobody but their author approved. */
function refuseSelfApproved(
  all: readonly PoolItem[],
  cells: readonly Cell[],
  selfApproved: readonly PoolItem[],
): void {
  const takers = cells.map((cell) => ({ cell, takes: taker(cell, all) }));
  const taking = takers.filter(({ takes }) => selfApproved.some(takes)).map(({ cell }) => cell);
  if (taking.length === 0) return;
  const count = selfApproved.filter((item) => takers.some(({ takes }) => takes(item))).length;
  throw new DomainError('items-not-official', 409, { count, list: taking.map(({ id }) => id).join(', ') });
}

/** Tells which items of a bank a cell would take; of passages also the descriptions. */
function taker(cell: Cell, all: readonly PoolItem[]): (item: PoolItem) => boolean {
  if (!isPassageCell(cell)) return fitter(cell);
  const passages = passagesOf(cell, indexPassages(all));
  const taken = new Set(
    passages.flatMap((one) => [one.description, ...questionsOfPassage(one)].map(({ item }) => item)),
  );
  return ({ item }) => taken.has(item);
}

/** The fields of a pool item and no other: this is what is hashed and published. */
function withoutReview(entry: BankPoolItem): PoolItem {
  const { item, version, topic, level, kind, statementLevels, stimulus, parts, pinned } = entry;
  const { facility, seconds, information, enemies } = entry;
  return {
    item,
    version,
    topic,
    level,
    kind,
    ...(statementLevels && { statementLevels: [...statementLevels] }),
    ...(stimulus !== undefined && { stimulus }),
    parts: [...parts],
    pinned: [...pinned],
    ...(facility !== undefined && { facility }),
    ...(seconds !== undefined && { seconds }),
    ...(information && { information: [...information] }),
    ...(enemies && { enemies: [...enemies] }),
  };
}
