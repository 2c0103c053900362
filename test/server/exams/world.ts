import { fraction } from '#bank/marks';
import { DomainError, type Actor, type Blueprint, type NewExam, type PoolItem } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { BankPool, BankPoolItem } from '#server/banks';
import { createCustody, type Custody } from '#server/custody';
import { createExams, createItemUses, type Exams, type Means, type Replacing } from '#server/exams';
import type { Jobs, JobView } from '#server/http';
import { Unavailable, type Store, type Write } from '#server/storage';
import { ended, openPorts, type Ports } from '../../support/ports.ts';
import { staff } from '../../support/staff.ts';

export const TENANT = 'main';
export const teacher = staff('teacher');
export const otherTeacher = staff('teacher');
export const proctor = staff('proctor');

/** A bank of one folder, as far as exams need one. Stems say which item they belong to. */
class BankDouble implements BankPool {
  readonly id = newId();
  readonly pool: BankPoolItem[] = [];
  readonly waiting: PoolItem[] = [];
  opened = 0;

  add(count: number, fields: Partial<BankPoolItem> = {}): BankPoolItem[] {
    const items = Array.from({ length: count }, () => ({
      item: newId(),
      version: 1,
      topic: 'Dao động',
      level: 'KNOW' as const,
      kind: 'choice' as const,
      parts: ['a', 'b', 'c', 'd'],
      pinned: [],
      officialUse: true,
      ...fields,
    }));
    this.pool.push(...items);
    return items;
  }

  poolMetadata(actor: Actor, bank: string): Promise<BankPoolItem[]> {
    const mine = bank === this.id && actor.kind === 'staff' && actor.user === teacher.user;
    if (!mine) return Promise.reject(new DomainError('not-found', 404));
    return Promise.resolve(structuredClone(this.pool));
  }

  unapproved(): Promise<PoolItem[]> {
    return Promise.resolve(structuredClone(this.waiting));
  }

  openViews(_bank: string, items: readonly { item: string; version: number }[]) {
    this.opened += items.length;
    return Promise.resolve(
      items.map(({ item, version }) => {
        const parts = this.pool.find((one) => one.item === item)?.parts ?? [];
        return {
          item,
          version,
          parts,
          media: [],
          toView: (token: (part: string) => string) => ({
            stem: `Câu hỏi mật ${item}`,
            options: parts.map((part) => ({ token: token(part), text: `phương án ${part} của ${item}` })),
          }),
        };
      }),
    );
  }

  guessed<One extends { item: string; points: number }>(_bank: string, items: readonly One[]) {
    return Promise.resolve(items.map((one) => ({ ...one, guessed: fraction(BigInt(one.points), 4n) })));
  }

  openMedia(): never {
    throw new Error('these items have no recordings');
  }
}

const NO_STANDBY: Means = { database: 'embedded', hasStandby: false };

/** What delivery and sign-in are told of replaced papers. */
class ReplacingDouble implements Replacing {
  readonly told: { candidate: string; from: string; to: string }[] = [];
  ended = new Set<string>();

  isReplaceable = (attempt: string) => Promise.resolve(!this.ended.has(attempt));
  replaced = (_actor: Actor, change: { candidate: string; from: string; to: string }) => {
    this.told.push(change);
    return Promise.resolve();
  };
}

export interface World extends Ports {
  replacing: ReplacingDouble;
  bank: BankDouble;
  custody: Custody;
  exams: Exams;
  /** The same modules over another view of the store, as after a restart or with a failing disk. */
  over(store: Store, means?: Means): Exams;
}

export async function openWorld(): Promise<World> {
  const ports = await openPorts();
  const { store, keyring, audit, clock, jobs } = ports;
  const bank = new BankDouble();
  const replacing = new ReplacingDouble();
  const custody = createCustody({ store, keyring: keyring.onlyLines('exam/*/paper'), clock, tenant: TENANT });
  const over = (through: Store, means: Means = NO_STANDBY): Exams =>
    createExams({
      store: through,
      keyring: keyring.onlyLines('exam/*/marking', 'exam/*/codes', 'identity'),
      audit,
      banks: bank,
      custody,
      clock,
      tenant: TENANT,
      jobs,
      means,
      replacing,
      uses: createItemUses({
        store: through,
        keyring: keyring.onlyLines('exam/*/marking'),
        tenant: TENANT,
      }),
      hashAccessCode: (code) => Promise.resolve(`hash of ${code}`),
    });
  return { ...ports, bank, replacing, custody, exams: over(store), over };
}

export function newExam(bank: string, changes: Partial<NewExam> = {}): NewExam {
  return {
    title: 'Kiểm tra giữa kì',
    bank,
    profile: 'P1',
    durationSeconds: 2700,
    markingPolicy: 'vn-thpt-2025',
    showPoints: true,
    ...changes,
  };
}

/** A matrix of one cell that the double's default items fill. */
export function smallBlueprint(count = 4): Blueprint {
  return {
    parts: [
      {
        title: 'Phần I',
        cells: [{ id: 'c1', count, points: 25, topic: 'Dao động', level: 'KNOW', kind: 'choice' }],
      },
    ],
  };
}

/** A class list as a school would save it. */
export function classList(count: number, first = 1): { name: string; bytes: Uint8Array } {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = String(first + index).padStart(4, '0');
    return `${number},Nguyễn Văn An ${'ABCDEFGHIKLMNOPQRSTUVXY'[index % 23] ?? ''},11A1`;
  });
  return { name: 'lop.csv', bytes: Buffer.from(['Số báo danh,Họ và tên,Lớp', ...rows].join('\n')) };
}

export function finished(jobs: Jobs, { id }: JobView): Promise<JobView> {
  return ended(jobs, teacher, id);
}

/** A draft with matrix and class list, ready to be sealed. */
export async function readyExam({ exams, bank }: World, candidates = 5, changes: Partial<NewExam> = {}) {
  if (bank.pool.length === 0) bank.add(12);
  const exam = await exams.create(teacher, newExam(bank.id, changes));
  await exams.blueprint.set(teacher, exam.id, { blueprint: smallBlueprint(), total: 100 });
  await exams.roster.commit(teacher, exam.id, classList(candidates));
  return exam.id;
}

export async function sealedExam(world: World, candidates = 5): Promise<string> {
  const exam = await readyExam(world, candidates);
  const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
  if (job.state !== 'done') throw new Error(`sealing ended as ${job.state}: ${job.error?.code}`);
  return exam;
}

/** A store whose commits come to a bad end from some point on, as when the disk is full or the process dies. */
export function failingStore(
  good: Store,
  fails: (commit: number, writes: readonly Write[]) => boolean,
): Store & { commits: number } {
  return {
    get: (...args) => good.get(...args),
    getMany: (...args) => good.getMany(...args),
    range: (...args) => good.range(...args),
    count: (...args) => good.count(...args),
    close: () => good.close(),
    commits: 0,
    async commit(writes) {
      this.commits++;
      if (fails(this.commits, writes)) throw new Unavailable('no space left on device');
      await good.commit(writes);
    },
  };
}

/** Starts a sealed exam as proctors do. */
export async function startExam(
  { store, custody, exams, clock }: World,
  id: string,
  startsAt = clock.time,
): Promise<void> {
  const exam = await store.get('exams', id);
  if (!exam) throw new Error('no such exam');
  const times = { startsAt: new Date(startsAt), endsAt: new Date(startsAt + exam.durationSeconds * 1000) };
  const changes = { ...times, openKey: await custody.keyFor(exam, times) };
  await exams.advance(proctor, id, { to: 'open', action: 'exam.start', changes });
}
