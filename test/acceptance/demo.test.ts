import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from '../../scripts/demo/play.ts';
import { niem, type Outcome } from '../../scripts/process/niem.ts';
import { root } from '../../scripts/process/repository.ts';
import { ledgerActs } from '../support/ledger.ts';
import { tempDir } from '../support/temp-dir.ts';

interface LogReport {
  ok: boolean;
  size: number;
  problems: { code: string; from?: number; to?: number }[];
}

let outcome: Outcome;
let figures: Figures;

beforeAll(async () => {
  outcome = await niem(['demo', '--once', '--json']);
  figures = JSON.parse(outcome.stdout) as Figures;
}, 300_000);

afterAll(() => {
  const run = basename(dirname(figures.ledger));
  for (const place of ['data', 'exports']) {
    rmSync(join(root, place, run), { recursive: true, force: true, maxRetries: 5 });
  }
});

describe('the demo', () => {
  it('ends well and tells its figures as one line of JSON and nothing else', () => {
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^\{[^\n]*\}\n$/);
  });

  it('plays the whole exam without losing an answer', () => {
    const { candidates, distinctPapers, graded, papersVerified, refusedRows, savesLost } = figures;
    expect({ candidates, distinctPapers, graded, papersVerified, refusedRows, savesLost }).toEqual({
      candidates: 42,
      distinctPapers: 42,
      graded: 42,
      papersVerified: 42,
      refusedRows: 5,
      savesLost: 0,
    });
    expect(figures.questions).toBeGreaterThanOrEqual(120);
    expect(figures.cells).toBeGreaterThanOrEqual(12);
    expect(figures.savesAcknowledged).toBeGreaterThanOrEqual(420);
    expect(figures.kills).toBeGreaterThanOrEqual(1);
    expect(figures.seconds).toBeGreaterThan(0);
  });

  it('leaves half of the candidates to the deadline', () => {
    expect(figures.handedIn).toBe(21);
  });

  it('keeps its data folder, with the record directly below it', () => {
    expect(figures.ledger).toMatch(/^data\/demo-[^/]+\/ledger$/);
    expect(readdirSync(dirname(join(root, figures.ledger)))).toEqual(
      expect.arrayContaining(['journal', 'ledger', 'store']),
    );
  });
});

describe('the record that the demo leaves', () => {
  it('is sound, and tells the journey of the exam in its order', async () => {
    const { code, report } = await verifyLog(join(root, figures.ledger));
    expect({ code, ok: report.ok, size: report.size }).toEqual({
      code: 0,
      ok: true,
      size: figures.ledgerSize,
    });
    const acts = ledgerActs(dirname(join(root, figures.ledger)));
    expect(acts).toHaveLength(figures.ledgerSize);
    expect(acts.map(({ seq }) => seq)).toEqual(acts.map((_, index) => index));
    const places = ['exam.seal', 'exam.start', 'exam.close', 'exam.grade', 'exam.release'].map((name) =>
      acts.findIndex(({ action }) => action === name),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('names the leaf in which one byte was changed', async () => {
    const copy = copyOfLedger();
    const leaf = Math.floor(figures.ledgerSize / 2);
    changeOneByte(copy, leaf);
    const { code, report } = await verifyLog(copy);
    expect(code).toBe(1);
    expect(report.problems).toContainEqual(expect.objectContaining({ code: 'edited', from: leaf, to: leaf }));
    const told = await niem(['verify-log', copy]);
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(`Leaf ${leaf}: `);
  });

  it('is refused when it was cut shorter than its checkpoint', async () => {
    const copy = copyOfLedger();
    const { file, bytes, ends } = bundleOf(copy, figures.ledgerSize - 1);
    writeFileSync(file, bytes.subarray(0, ends.at(-2)));
    const original = join(root, figures.ledger, 'checkpoint');
    const { code, report } = await verifyLog(copy, '--checkpoint', original);
    expect(code).toBe(1);
    const last = figures.ledgerSize - 1;
    expect(report.problems).toContainEqual(expect.objectContaining({ from: last, to: last }));
  });
});

async function verifyLog(folder: string, ...options: string[]) {
  const { code, stdout } = await niem(['verify-log', folder, '--json', ...options]);
  return { code, report: JSON.parse(stdout) as LogReport };
}

function copyOfLedger(): string {
  const copy = join(tempDir(), 'ledger');
  cpSync(join(root, figures.ledger), copy, { recursive: true });
  return copy;
}

/** The entry bundle that holds a leaf (C2SP tlog-tiles, 256 leaves each), with the place where each leaf ends. */
function bundleOf(ledger: string, leaf: number): { file: string; bytes: Buffer; ends: number[] } {
  const entries = join(ledger, 'tile', 'entries');
  const name = String(Math.floor(leaf / 256)).padStart(3, '0');
  const width = figures.ledgerSize - Math.floor(leaf / 256) * 256;
  const file = width >= 256 ? join(entries, name) : join(entries, `${name}.p`, String(width));
  const bytes = readFileSync(file);
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at = ends.at(-1) ?? bytes.length)
    ends.push(at + 2 + bytes.readUInt16BE(at));
  return { file, bytes, ends };
}

/** Another letter in the last text of the leaf; its length and form stay. */
function changeOneByte(ledger: string, leaf: number): void {
  const { file, bytes, ends } = bundleOf(ledger, leaf);
  const place = (ends[leaf % 256] ?? 0) - 5;
  bytes[place] = bytes[place] === 0x30 ? 0x31 : 0x30;
  writeFileSync(file, bytes);
}
