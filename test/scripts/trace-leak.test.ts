import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { seatAll, type Paper } from '#bank/assembly';
import type { Publication } from '#bank/protocol';
import { main } from '../../scripts/verify/trace-leak.ts';
import { blueprintOf, itemId, matrixCell, poolOf } from '../bank/blueprint/pool.ts';
import { intermediates, publishForms } from '../bank/assembly/example.ts';
import { tempDir } from '../support/temp-dir.ts';

const vectors: { publication: Publication }[] = JSON.parse(
  readFileSync('bank/assembly/vectors.json', 'utf8'),
);
const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => vi.clearAllMocks());

function write(publication: unknown): string {
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  return file;
}

/** Questions of a paper as a photo would show them, each with its options. */
function photo({ slots }: Paper): string[] {
  return slots.flatMap(({ item, order }) => `--seen=${item}:${order.join(',')}`);
}

describe.each(vectors.map(({ publication }) => publication))('the exam of vector %#', (publication) => {
  test('a photo of a whole paper names its attempt and no other', async () => {
    for (const { attempt, paper } of intermediates(publication).papers) {
      output.mockClear();
      expect(await main([write(publication), '--json', ...photo(paper)])).toBe(0);
      expect(JSON.parse(output.mock.calls.join(''))).toMatchObject({ attempts: [attempt] });
    }
  });

  test('one question names every paper that has it', async () => {
    const { papers } = intermediates(publication);
    const item = papers[0]?.paper.slots.at(-1)?.item ?? '';
    const having = papers.filter(({ paper }) => paper.slots.some((slot) => slot.item === item));
    expect(await main([write(publication), '--json', `--seen=${item}`])).toBe(0);
    const { attempts } = JSON.parse(output.mock.calls.join('')) as { attempts: string[] };
    expect(attempts).toEqual(having.map(({ attempt }) => attempt));
  });
});

test('an order that no paper has, and what cannot be used', async () => {
  const [{ publication }] = vectors as [{ publication: Publication }];
  const [first] = intermediates(publication).papers;
  const [a = '', b = ''] = first?.paper.slots.map(({ item }) => item) ?? [];
  const file = write(publication);
  expect(await main([file, `--seen=${a}`, `--seen=${b}`, `--seen=${a}`])).toBe(1);
  expect(await main([file, '--seen', 'no such item'])).toBe(2);
  expect(await main([file, `--seen=${a}:no such option`])).toBe(2);
  expect(await main([file])).toBe(2);
  const forged = structuredClone(publication);
  for (const paper of forged.papers) paper.paperHash = '0'.repeat(64);
  expect(await main([write(forged), `--seen=${a}`])).toBe(2);
  expect(errors.mock.calls.join('')).toContain('verify-papers first');
});

test('where candidates share forms, a photo names the form and all who had it', async () => {
  const forms = {
    count: 4,
    perShift: 4,
    overlap: 100,
    maxUses: 4,
    spare: 1,
    seatsPerRoom: 12,
    seatsPerRow: 4,
  };
  const people = Array.from({ length: 12 }, (_, at) => ({
    attempt: itemId(`attempt${at}x`),
    number: String(1000 + at),
  }));
  const { publication, drawn } = publishForms({
    exam: itemId('Forms'),
    pool: poolOf(12, 'k'),
    blueprint: blueprintOf([matrixCell('I', 5)]),
    seating: seatAll(people, forms),
    reserve: [itemId('reserve0x')],
    forms,
    r: new Uint8Array(32).fill(1),
    salt: new Uint8Array(32).fill(2),
  });
  const file = write(publication);
  for (const { form, paper } of drawn) {
    output.mockClear();
    expect(await main([file, '--json', ...photo(paper)])).toBe(0);
    expect(JSON.parse(output.mock.calls.join(''))).toMatchObject({
      forms: [form],
      attempts: drawn.filter((one) => one.form === form).map(({ attempt }) => attempt),
    });
  }
  const forged = structuredClone(publication);
  for (const one of forged.papers) one.paperHash = '0'.repeat(64);
  expect(await main([write(forged), ...photo(drawn[0]!.paper)])).toBe(2);
});
