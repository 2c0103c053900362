import type { DrawnPaper } from '#bank/assembly';
import { dayAt, itemUsesContext, type ItemUse } from '#bank/protocol';
import { eachPage, type Sealed, type Stored, type Write } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { hasReached, type ExamRecord } from './exam-state.ts';
import { jsonBytes } from './person.ts';

type UseDeps = Pick<ExamsDeps, 'store' | 'keyring' | 'tenant'>;

/** Exams whose records are read at once. */
const AT_ONCE = 100;
/** Exams of which the opened record is kept; that of a closed exam never changes. */
const KEPT = 500;

/** Item id → on how many papers of one exam it stands. */
export type PapersOf = ReadonlyMap<string, number>;

/** Counts on how many papers each item stands, while they are drawn. */
export function countUses() {
  const papers = new Map<string, number>();
  return {
    papers,
    add({ slots }: DrawnPaper['paper']): void {
      for (const item of new Set(slots.map((slot) => slot.item)))
        papers.set(item, (papers.get(item) ?? 0) + 1);
    },
  };
}

/** The write that records what a sealed exam uses; none for practice, which uses nothing up. */
export async function usesWrite(deps: UseDeps, exam: ExamRecord, papers: PapersOf): Promise<Write[]> {
  if (exam.profile === 'P0') return [];
  const doc = { _id: exam._id, bank: exam.bank, papers: await sealUses(deps, exam._id, papers) };
  return [{ op: 'insert', in: 'itemUses', doc }];
}

/** The write that adds a paper of the reserve, once it is issued. */
export async function issuedWrite(deps: UseDeps, exam: string, paper: DrawnPaper['paper']): Promise<Write[]> {
  const record = await deps.store.get('itemUses', exam);
  if (!record) return [];
  const { v, ...doc } = record;
  const uses = countUses();
  uses.add(paper);
  const papers = new Map(await openUses(deps, exam, doc.papers));
  for (const [item, count] of uses.papers) papers.set(item, (papers.get(item) ?? 0) + count);
  return [
    {
      op: 'replace',
      in: 'itemUses',
      doc: { ...doc, papers: await sealUses(deps, exam, papers) },
      ifVersion: v,
    },
  ];
}

/** What the items of banks have been used for. */
export function createItemUses(deps: UseDeps) {
  const kept = new Map<string, PapersOf>();

  async function papersOf({ _id, papers }: Stored<'itemUses'>): Promise<PapersOf> {
    const known = kept.get(_id);
    if (known) return known;
    const opened = await openUses(deps, _id, papers);
    if (kept.size >= KEPT) kept.clear();
    kept.set(_id, opened);
    return opened;
  }

  return {
    /**
     * The use of every item of a bank that stood on a paper of a closed exam, on the day on which that began. Before it
     * has closed an exam counts for nothing: who could tell would know what is on its papers. One that was cancelled
     * never counts.
     */
    async ofBank(bank: string): Promise<Map<string, ItemUse>> {
      const uses = new Map<string, ItemUse>();
      const query = { index: 'by_bank', equals: [bank], limit: AT_ONCE };
      for await (const records of eachPage(deps.store, 'itemUses', query)) {
        const exams = await deps.store.getMany(
          'exams',
          records.map(({ _id }) => _id),
        );
        for (const [at, record] of records.entries()) {
          const exam = exams[at];
          if (!exam?.startsAt || !hasReached(exam, 'closed')) continue;
          const day = dayAt(exam.startsAt.getTime());
          for (const [item, papers] of await papersOf(record)) add(uses, item, { day, papers });
        }
      }
      return uses;
    },
  };
}

export type ItemUses = ReturnType<typeof createItemUses>;

function add(
  uses: Map<string, ItemUse>,
  item: string,
  { day, papers }: Pick<ItemUse, 'day' | 'papers'>,
): void {
  const before = uses.get(item);
  uses.set(item, {
    day: before && before.day > day ? before.day : day,
    exams: (before?.exams ?? 0) + 1,
    papers: (before?.papers ?? 0) + papers,
  });
}

async function sealUses({ keyring, tenant }: UseDeps, exam: string, papers: PapersOf): Promise<Sealed> {
  const sorted = [...papers].sort(([one], [other]) => (one < other ? -1 : 1));
  return keyring.seal(`exam/${exam}/marking`, itemUsesContext(tenant, exam), jsonBytes(sorted));
}

async function openUses({ keyring, tenant }: UseDeps, exam: string, box: Sealed): Promise<PapersOf> {
  const bytes = await keyring.open(`exam/${exam}/marking`, itemUsesContext(tenant, exam), box);
  return new Map(JSON.parse(Buffer.from(bytes).toString('utf8')) as [string, number][]);
}
