import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  BankView,
  ImportRowList,
  ImportRowView,
  ImportStarted,
  ImportView,
  ItemList,
  ItemSummary,
  JobView,
  ReviewReport,
} from '#bank/protocol';
import type { ApiClient } from './api-client.ts';

/** Items are submitted and approved in lots of this size. */
const LOT = 100;

type OnProgress = (done: number, total: number) => void;

interface ImportOutcome {
  summary: ImportView;
  refused: ImportRowView[];
}

/** A bank that the teacher writes and the reviewer approves: nobody approves what they wrote. */
export async function sharedBank(teacher: ApiClient, reviewer: ApiClient, name: string, topics: string[]) {
  const bank = await teacher.post<BankView>('/banks', { name, kind: 'shared', topics });
  const { id } = await reviewer.get<{ id: string }>('/me');
  await teacher.put(`/banks/${bank.id}/members/${id}`, { roles: ['reviewer'] });
  return bank;
}

/** Preview, then commit: the rows that are not refused go in. */
export async function importQuestions(
  author: ApiClient,
  bank: string,
  file: string,
  onProgress?: OnProgress,
): Promise<ImportOutcome> {
  const bytes = await readFile(file);
  const started = await author.upload<ImportStarted>(`/banks/${bank}/imports`, bytes, basename(file));
  await follow(author, started.job, onProgress);
  const place = `/banks/${bank}/imports/${started.import}`;
  const { rows } = await author.get<ImportRowList>(`${place}/rows?status=refused`);
  const commit = await author.post<ImportStarted>(`${place}/commit`);
  await follow(author, commit.job, onProgress);
  return { summary: await author.get<ImportView>(place), refused: rows };
}

async function follow(api: ApiClient, job: string, onProgress?: OnProgress): Promise<void> {
  await api.finished(await api.get<JobView>(`/jobs/${job}`), onProgress);
}

/** The author hands everything in for review, the reviewer approves it. Gives how many were approved. */
export async function reviewAll(author: ApiClient, reviewer: ApiClient, bank: string): Promise<number> {
  for (const lot of lots(await itemsOf(author, bank, 'draft'))) {
    await author.post(`/banks/${bank}/submit`, { items: lot });
  }
  let approved = 0;
  for (const lot of lots(await itemsOf(reviewer, bank, 'inReview'))) {
    approved += (await reviewer.post<ReviewReport>(`/banks/${bank}/approve`, { items: lot })).done;
  }
  return approved;
}

async function itemsOf(api: ApiClient, bank: string, status: string): Promise<ItemSummary[]> {
  const items: ItemSummary[] = [];
  let after = '';
  for (;;) {
    const page = await api.get<ItemList>(`/banks/${bank}/items?status=${status}&limit=200${after}`);
    items.push(...page.items);
    if (!page.next) return items;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

function* lots(items: readonly ItemSummary[]) {
  for (let i = 0; i < items.length; i += LOT) {
    yield items.slice(i, i + LOT).map(({ id, version }) => ({ item: id, version }));
  }
}
