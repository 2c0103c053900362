import type { ItemUse } from '#bank/protocol';
import type { Audit } from '#server/audit';
import type { Clock, Jobs } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store } from '#server/storage';

export interface BanksDeps {
  store: Store;
  /** Needs the lines of banks, content and marking, and `import`. */
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  jobs: Jobs;
  /** What the record tells of the use of items. */
  uses: { ofBank(bank: string): Promise<ReadonlyMap<string, ItemUse>> };
}
