import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { Conflict, Duplicate, type RangeQuery, type Scalar, type Write } from '../store.ts';
import { person, type Person, type TestDocuments } from './store-schemas.ts';
import type { StoreCase, TestStore } from './store-subject.ts';

type Row = Person & { v: number };

/** The indexes of the test collection, said once more and independently of the schema. */
const INDEXES: Record<string, { fields: (keyof Person)[]; unique: boolean }> = {
  _id: { fields: ['_id'], unique: true },
  by_email: { fields: ['email'], unique: true },
  by_group: { fields: ['group', 'rank'], unique: false },
  by_activity: { fields: ['active', 'joined', 'email'], unique: false },
};

/** Texts that a careless key encoding mixes up: empty, prefixes, zero bytes, beyond the basic plane. */
const TEXTS = ['', 'a', 'a\0', 'a\0b', 'a\u0001', 'ab', 'b', 'ế', '\uffff', '😀'];
const number = fc.constantFrom(-1e300, -2, -1.5, -0, 0, 5e-324, 1, 2, 255, 256, 2 ** 40);
const date = fc.constantFrom(-8.64e15, -1, 0, 1, 1_700_000_000_000).map((ms) => new Date(ms));
const id = fc.constantFrom('a', 'a\0', 'b', 'c', 'ế', '😀');

type Step =
  | { kind: 'insert' | 'replace'; id: string; fields: Partial<Person>; stale: boolean }
  | { kind: 'delete' | 'assert'; id: string; stale: boolean };

function step(text: fc.Arbitrary<string>): fc.Arbitrary<Step> {
  const fields = fc.record({ group: text, rank: number, joined: date, active: fc.boolean(), email: text });
  const stale = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true));
  const kind = <K extends Step['kind']>(...kinds: K[]) => fc.constantFrom(...kinds);
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: kind('insert', 'replace'), id, fields, stale }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('delete', 'assert'), id, stale }) },
  );
}

/** The same random commits and queries against the store and against a map in memory. */
export const modelCase: StoreCase = {
  name: 'commits, ranges, pages and counts agree with a model in memory',
  async run(subject) {
    const maxLength = subject.withoutTransactions() === undefined ? 4 : 1;
    // without the plane beyond, UTF-16 and UTF-8 sort alike
    const text = fc.constantFrom(...(subject.ordersTextByBytes() ? TEXTS : TEXTS.slice(0, -1)));
    const commit = fc.uniqueArray(step(text), { maxLength, minLength: 1, selector: ({ id }) => id });
    const result = await fc.check(
      fc.asyncProperty(
        fc.array(commit, { maxLength: 25 }),
        fc.array(query(text), { minLength: 5, maxLength: 15 }),
        async (commits, queries) => {
          const store = await subject.open();
          const model = new Map<string, Row>();
          for (const steps of commits) await commitBoth(store, model, steps);
          for (const one of queries) await compare(store, model, one);
          await store.close();
        },
      ),
      { numRuns: 60 },
    );
    if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
    equal(result.numRuns, 60);
  },
};

async function commitBoth(store: TestStore, model: Map<string, Row>, steps: readonly Step[]): Promise<void> {
  const writes = steps.map((step) => toWrite(step, model.get(step.id)?.v ?? 0));
  const next = new Map(model);
  let expected: unknown;
  for (const write of writes) expected ??= applyToModel(next, write);
  const actual = await store.commit(writes).then(
    () => undefined,
    (error: unknown) => error,
  );
  equal(actual instanceof Error ? actual.constructor : actual, expected);
  if (expected !== undefined) return;
  model.clear();
  for (const [key, value] of next) model.set(key, value);
}

function toWrite(step: Step, version: number): Write<TestDocuments> {
  const ifVersion = version + (step.stale ? 1 : 0);
  switch (step.kind) {
    case 'insert':
      return { op: 'insert', in: 'people', doc: person(step.id, step.fields) };
    case 'replace':
      return {
        op: 'replace',
        in: 'people',
        doc: person(step.id, step.fields),
        ifVersion: Math.max(1, ifVersion),
      };
    case 'delete':
      return { op: 'delete', in: 'people', id: step.id, ifVersion: Math.max(1, ifVersion) };
    case 'assert':
      return { op: 'assert', in: 'people', id: step.id, version: ifVersion };
  }
}

/** The class of the error that the write must fail with, or undefined after applying it. */
function applyToModel(model: Map<string, Row>, write: Write<TestDocuments>): unknown {
  if (write.in !== 'people') throw new Error('only people here');
  const key = write.op === 'insert' || write.op === 'replace' ? write.doc._id : write.id;
  const current = model.get(key);
  if (write.op === 'insert' && current) return Duplicate;
  if (write.op === 'assert') return (current?.v ?? 0) === write.version ? undefined : Conflict;
  if (write.op !== 'insert' && current?.v !== write.ifVersion) return Conflict;
  if (write.op === 'delete') {
    model.delete(key);
    return undefined;
  }
  for (const other of model.values()) {
    if (other._id !== key && other.email === write.doc.email) return Duplicate;
  }
  model.set(key, { ...write.doc, v: (current?.v ?? 0) + 1 });
  return undefined;
}

function query(text: fc.Arbitrary<string>): fc.Arbitrary<RangeQuery> {
  const values: Record<string, fc.Arbitrary<Scalar>> = {
    _id: id,
    email: text,
    group: text,
    rank: number,
    active: fc.boolean(),
    joined: date,
  };
  return fc.constantFrom(...Object.keys(INDEXES)).chain((index) => {
    const fields = INDEXES[index]?.fields ?? [];
    return fc.integer({ min: 0, max: fields.length }).chain((equal) => {
      const equals = fc.tuple(...fields.slice(0, equal).map((field) => values[field] ?? text));
      const ranged = values[fields[equal] ?? ''];
      const bounds = ranged ? range(ranged) : fc.constant({});
      return fc
        .record({
          equals,
          bounds,
          order: fc.constantFrom('asc' as const, 'desc' as const),
          limit: fc.integer({ min: 1, max: 4 }),
        })
        .map(({ equals, bounds, order, limit }) => {
          return { index, equals, order, limit, ...bounds };
        });
    });
  });
}

/** None, one or both bounds, each inclusive or not. */
function range(value: fc.Arbitrary<Scalar>): fc.Arbitrary<Partial<RangeQuery>> {
  const low = fc.oneof(fc.constant({}), fc.record({ gt: value }), fc.record({ gte: value }));
  const high = fc.oneof(fc.constant({}), fc.record({ lt: value }), fc.record({ lte: value }));
  return fc.tuple(low, high).map(([low, high]) => ({ ...low, ...high }));
}

async function compare(store: TestStore, model: Map<string, Row>, query: RangeQuery): Promise<void> {
  const expected = [...model.values()].filter((row) => matches(row, query)).sort(ordering(query));
  const found: unknown[] = [];
  let after: string | undefined;
  do {
    const page = await store.range('people', { ...query, ...(after !== undefined && { after }) });
    ok(page.docs.length <= query.limit);
    found.push(...page.docs);
    ok(found.length <= expected.length);
    after = page.next;
  } while (after !== undefined);
  deepEqual(found, expected);
  const { limit: _limit, order: _order, ...counted } = query;
  equal(await store.count('people', counted), expected.length);
  const ids = ['b', ...model.keys()];
  deepEqual(
    await store.getMany('people', ids),
    ids.map((id) => model.get(id) ?? null),
  );
}

function matches(row: Row, query: RangeQuery): boolean {
  const fields = INDEXES[query.index]?.fields ?? [];
  const equals = query.equals ?? [];
  if (!equals.every((value, i) => compareScalars(row[fields[i] ?? '_id'], value) === 0)) return false;
  const value = row[fields[equals.length] ?? '_id'];
  const { gt, gte, lt, lte } = query;
  return (
    (gt === undefined || compareScalars(value, gt) > 0) &&
    (gte === undefined || compareScalars(value, gte) >= 0) &&
    (lt === undefined || compareScalars(value, lt) < 0) &&
    (lte === undefined || compareScalars(value, lte) <= 0)
  );
}

function ordering({ index, order }: RangeQuery): (a: Row, b: Row) => number {
  const fields = [...(INDEXES[index]?.fields ?? []), '_id' as const];
  const sign = order === 'desc' ? -1 : 1;
  return (a, b) =>
    sign * (fields.map((field) => compareScalars(a[field], b[field])).find((c) => c !== 0) ?? 0);
}

function compareScalars(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b) === 0 ? 0 : Number(a) < Number(b) ? -1 : 1;
}
