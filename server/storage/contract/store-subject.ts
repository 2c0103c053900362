import type { DocumentsOf, Model } from '../models/index.ts';
import type { Store } from '../store.ts';
import { CannotRun, type ContractCase } from './case.ts';
import type { TestDocuments } from './store-schemas.ts';

export type TestStore = Store<TestDocuments>;
export type StoreCase = ContractCase<StoreSubject>;

/** A Store adapter to be held to its contract. Whoever made the subject closes what it has opened. */
export interface StoreSubject {
  /** A store with nothing in it. */
  open(): Promise<TestStore>;
  /** A folder or address where nothing has been stored yet. */
  newPlace(): string;
  openAt<S extends Readonly<Record<string, Model<unknown>>>>(
    place: string,
    schemas: S,
  ): Promise<Store<DocumentsOf<S>>>;
  /** Why commits of several writes cannot be tried, if they cannot. */
  withoutTransactions(): string | undefined;
  /** MongoDB does; the test server sorts the plane beyond U+FFFF as UTF-16 does. */
  ordersTextByBytes(): boolean;
}

/** @throws CannotRun where commits of several writes cannot be tried */
export function requireTransactions(subject: StoreSubject): void {
  const reason = subject.withoutTransactions();
  if (reason !== undefined) throw new CannotRun(reason);
}
