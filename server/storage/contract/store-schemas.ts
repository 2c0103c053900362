import { json, model, part, sealed, type DocumentsOf } from '../models/index.ts';
import type { Fresh } from '../store.ts';

/** Collections that exist for the contract only: one of every type and every form of index. */
const people = model({
  email: { type: String, required: true },
  group: { type: String, required: true },
  rank: { type: Number, required: true },
  joined: { type: Date, required: true },
  active: { type: Boolean, required: true },
  role: { type: String, enum: ['teacher', 'proctor'] },
  photo: { type: Buffer },
  labels: { type: Map, of: String },
  keysByName: { type: Map, of: sealed },
  homes: { type: [part({ street: { type: String, required: true }, since: { type: Date } })] },
  person: { type: sealed },
  scores: { type: [Number] },
  note: { type: json<unknown>() },
});
people.index({ email: 1 }, { name: 'by_email', unique: true });
people.index({ group: 1, rank: 1 }, { name: 'by_group' });
people.index({ active: 1, joined: 1, email: 1 }, { name: 'by_activity' });

const counters = model({ n: { type: Number, required: true }, tag: { type: String } });

export const testSchemas = { people, counters } as const;
export type TestDocuments = DocumentsOf<typeof testSchemas>;
export type Person = Fresh<'people', TestDocuments>;

/** A person with the given fields; the rest follows from the id. */
export function person(id: string, fields: Partial<Person> = {}): Person {
  return {
    _id: id,
    email: `${id}@example.org`,
    group: 'A',
    rank: 1,
    joined: new Date(0),
    active: true,
    ...fields,
  };
}
