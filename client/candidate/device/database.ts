/** The page's IndexedDB: per attempt one record and its sealed paper, and one record per entry of its outbox. */
const STORES = { attempts: 'attempt', papers: 'attempt', entries: ['attempt', 'epoch', 'seq'] } as const;
type StoreName = keyof typeof STORES;

export function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('niem', 1);
  request.addEventListener('upgradeneeded', () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      request.result.createObjectStore(name, {
        keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath],
      });
    }
  });
  return result(request);
}

export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/**
 * Runs `work` in one transaction and waits until it is on the device: on its disk, not only with its operating system,
 * because the number of an answer is never given twice.
 */
export function write(
  database: IDBDatabase,
  stores: StoreName[],
  work: (transaction: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
    work(transaction);
  });
}

/** All entries of one attempt, in the order of epoch and `seq`. */
export function entriesOf(attempt: string): IDBKeyRange {
  return IDBKeyRange.bound([attempt], [attempt, []]);
}
