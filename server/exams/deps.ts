import type { Audit } from '#server/audit';
import type { BankPool } from '#server/banks';
import type { Custody } from '#server/custody';
import type { Clock, Jobs } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store } from '#server/storage';
import type { ItemUses } from './item-uses.ts';
import type { Means } from './means.ts';
import type { Replacing } from './reserve.ts';

export interface ExamsDeps {
  store: Store;
  /** Needs the lines of exams but `paper`, and `identity`. */
  keyring: Keyring;
  audit: Audit;
  banks: BankPool;
  custody: Custody;
  clock: Clock;
  tenant: string;
  jobs: Jobs;
  means: Means;
  replacing: Replacing;
  uses: ItemUses;
  /** argon2id with its own limit of concurrency. */
  hashAccessCode(code: string): Promise<string>;
}
