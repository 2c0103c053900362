import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { fraction } from '#bank/marks';
import type { Actor, Blueprint, PoolItem } from '#bank/protocol';
import { newId } from '#bank/vault';
import { createAudit } from '#server/audit';
import type { BankPool } from '#server/banks';
import { createCustody } from '#server/custody';
import { createExams, createItemUses, type Exams } from '#server/exams';
import { createClock, createJobs, JOBS_AT_ONCE, type Jobs } from '#server/http';
import { createFileKeyProvider, createKeyring } from '#server/keys';
import { createEmbeddedStore } from '#server/storage';

const TENANT = 'main';

export const TEACHER = { kind: 'staff', user: newId(), roles: ['teacher'] } as const satisfies Actor;

/** Exams on a disk of their own, drawing from a pool whose questions are all alike. */
export interface School {
  exams: Exams;
  jobs: Jobs;
  bank: string;
  close(): Promise<void>;
}

export async function openSchool(pool: readonly PoolItem[]): Promise<School> {
  const folder = mkdtempSync(join(tmpdir(), 'niem-bench-'));
  const store = await createEmbeddedStore({ dir: join(folder, 'store') });
  const provider = await createFileKeyProvider({
    path: join(folder, 'keys.json'),
    dataFolder: join(folder, 'data'),
  });
  const keyring = await createKeyring({ provider, store });
  const clock = createClock();
  const log = pino({ level: 'silent' });
  const audit = await createAudit({
    store,
    keyring,
    dir: join(folder, 'log'),
    clock,
    origin: 'bench/ledger',
  });
  const jobs = createJobs({ clock, log, atOnce: JOBS_AT_ONCE });
  const exams = createExams({
    store,
    audit,
    clock,
    tenant: TENANT,
    jobs,
    banks: bankOf(pool),
    custody: createCustody({ store, keyring: keyring.onlyLines('exam/*/paper'), clock, tenant: TENANT }),
    means: { database: 'embedded', hasStandby: false },
    uses: createItemUses({ store, tenant: TENANT, keyring: keyring.onlyLines('exam/*/marking') }),
    replacing: { isReplaceable: async () => false, replaced: async () => undefined },
    hashAccessCode: async (code) => code,
    keyring: keyring.onlyLines('exam/*/marking', 'exam/*/codes', 'identity'),
  });
  return {
    exams,
    jobs,
    bank: newId(),
    async close() {
      await audit.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bankOf(pool: readonly PoolItem[]): BankPool {
  const partsOf = new Map(pool.map(({ item, parts }) => [item, parts]));
  return {
    poolMetadata: async () => pool.map((item) => ({ ...item, officialUse: true })),
    unapproved: async () => [],
    openViews: async (_bank, wanted) =>
      wanted.map(({ item, version }) => {
        const parts = partsOf.get(item) ?? [];
        const toView = (token: (part: string) => string) => ({
          stem: `Câu hỏi ${item}`,
          options: parts.map((part) => ({ token: token(part), text: `phương án ${part}` })),
        });
        return { item, version, parts, media: [], toView };
      }),
    openMedia: () => {
      throw new Error('these items have no recordings');
    },
    guessed: async (_bank, wanted) => wanted.map((one) => ({ ...one, guessed: fraction(1n, 4n) })),
  };
}

/** A draft with its matrix and so many candidates; gives its id. */
export async function draftExam(
  { exams, bank }: School,
  blueprint: Blueprint,
  candidates: number,
): Promise<string> {
  const { id } = await exams.create(TEACHER, {
    title: 'Đo',
    bank,
    durationSeconds: 3_000,
    markingPolicy: 'vn-thpt-2025',
    showPoints: true,
    profile: 'P1',
  });
  await exams.blueprint.set(TEACHER, id, { blueprint, total: 1000 });
  const rows = Array.from({ length: candidates }, (_, index) => `${100_001 + index},Nguyễn Văn An`);
  const bytes = Buffer.from(['Số báo danh,Họ và tên', ...rows].join('\n'));
  await exams.roster.commit(TEACHER, id, { name: 'lop.csv', bytes });
  return id;
}

/** Waits for a job without keeping the loop busy. */
export async function jobEnded({ jobs }: School, job: string): Promise<void> {
  for (;;) {
    const view = jobs.view(TEACHER.user, job);
    if (view.state === 'done') return;
    if (view.state !== 'running') throw new Error(`the job failed: ${JSON.stringify(view)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
