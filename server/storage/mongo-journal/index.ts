export { createMongoJournal } from './mongo-journal.ts';
