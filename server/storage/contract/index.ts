import { commitCases } from './store-commits.ts';
import { documentCases } from './store-documents.ts';
import { modelCase } from './store-model.ts';
import { rangeCases } from './store-ranges.ts';
import { reopeningCases } from './store-reopening.ts';
import type { StoreCase } from './store-subject.ts';

export { CannotRun, type ContractCase } from './case.ts';
export { ForgettingDisk } from './forgetting-disk.ts';
export { playPowerCuts, type PowerCuts } from './power-cuts.ts';
export { journalCases } from './journal-cases.ts';
export { answer, collect, type JournalHome, type JournalSubject } from './journal-subject.ts';
export { testSchemas, type TestDocuments } from './store-schemas.ts';
export type { StoreSubject } from './store-subject.ts';

/** What every adapter of the Store port promises. */
export const storeCases: readonly StoreCase[] = [
  ...documentCases,
  ...commitCases,
  ...rangeCases,
  ...reopeningCases,
  modelCase,
];
