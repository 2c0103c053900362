import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRng, seatAll, shuffle } from '#bank/assembly';
import type { Publication } from '#bank/protocol';
import { main } from '../../scripts/verify/verify-papers.ts';
import { publish, publishForms } from '../bank/assembly/example.ts';
import { blueprintOf, itemId, listCell, matrixCell, poolItem, poolOf } from '../bank/blueprint/pool.ts';

const vectors: { publication: Publication }[] = JSON.parse(
  readFileSync('bank/assembly/vectors.json', 'utf8'),
);

/** A class test of 42: parts, a list that overlaps the matrix, descriptions and pinned options. */
const exam42 = publish({
  exam: itemId('Exam42'),
  pool: [
    ...poolOf(40, 'k', { topic: 'Dao động điều hoà' }),
    ...poolOf(12, 't', { topic: 'Sóng cơ', level: 'APPLY', kind: 'tfCluster' }),
    ...poolOf(8, 'n', { topic: 'Sóng cơ', kind: 'numeric', parts: [] }),
    poolItem('d', { kind: 'description', parts: [], topic: 'Sóng cơ' }),
    ...poolOf(5, 's', { topic: 'Sóng cơ', stimulus: itemId('d'), pinned: ['d'] }),
  ],
  blueprint: blueprintOf(
    [matrixCell('I.1', 12, { topic: 'Dao động điều hoà' }), matrixCell('I.2', 3, { topic: 'Sóng cơ' })],
    [matrixCell('II.1', 4, { topic: 'Sóng cơ', level: 'APPLY', kind: 'tfCluster', points: 100 })],
    [
      matrixCell('III.1', 2, { topic: 'Sóng cơ', kind: 'numeric', points: 50 }),
      listCell('III.2', 2, ['n0000', 'n0001', 'n0002', 'k0000', 'k0001'], 50),
    ],
  ),
  attempts: shuffle(
    createRng('5a'.repeat(32)),
    Array.from({ length: 42 }, (_, index) => itemId(`attempt${index}x`)),
  ),
  r: new Uint8Array(32).fill(0x11),
  salt: new Uint8Array(32).fill(0x22),
});

/** Papers of which candidates answer one branch, and two of three questions of a cell. */
const chosenExam = {
  exam: itemId('Chosen'),
  pool: [...poolOf(12, 'k'), ...poolOf(20, 't', { kind: 'tfCluster' as const })],
  blueprint: {
    branches: [
      { id: 'cs', title: 'CS' },
      { id: 'ict', title: 'ICT' },
    ],
    parts: [
      { title: 'I', cells: [matrixCell('I.1', 3, { answer: 2 })] },
      { title: 'II', branch: 'cs', cells: [matrixCell('II.1', 2, { kind: 'tfCluster', points: 100 })] },
      { title: 'II', branch: 'ict', cells: [matrixCell('III.1', 2, { kind: 'tfCluster', points: 100 })] },
    ],
  },
  attempts: Array.from({ length: 9 }, (_, index) => itemId(`chosen${index}`)),
  r: new Uint8Array(32).fill(0x11),
  salt: new Uint8Array(32).fill(0x22),
};
/** Papers held to targets: drawn, since the mean of the bank is below them, and dealt, since it lies in them. */
const targeted = (facility: { min: number; max: number }, algorithm: 'niem-draw/1' | 'niem-deal/1') =>
  publish(
    {
      exam: itemId('Targeted'),
      pool: poolOf(40, 'k').map((item, index) => ({
        ...item,
        facility: 250 + ((index * 97) % 600),
        seconds: 60 + ((index * 31) % 70),
      })),
      blueprint: {
        ...blueprintOf([matrixCell('I', 14)]),
        targets: { facility, seconds: { min: 600, max: 2000 } },
      },
      attempts: Array.from({ length: 20 }, (_, index) => itemId(`attempt${index}x`)),
      r: new Uint8Array(32).fill(0x33),
      salt: new Uint8Array(32).fill(0x44),
    },
    algorithm,
  );

/** 42 and 5 candidates of a bank with facilities, times and enemies, whose questions are dealt. */
const [dealt42, dealt5] = [42, 5].map((count) =>
  publish(
    {
      exam: itemId('Dealt'),
      pool: [
        ...poolOf(40, 'k').map((item, index) => ({
          ...item,
          facility: 250 + ((index * 97) % 600),
          seconds: 60 + ((index * 31) % 70),
          ...(index < 12 && { enemies: [`e${index % 6}`] }),
        })),
        ...poolOf(9, 't', { kind: 'tfCluster' as const }).map((item, index) => ({
          ...item,
          facility: 300 + index * 40,
          seconds: 200 + index * 11,
        })),
      ],
      blueprint: blueprintOf(
        [matrixCell('I', 14)],
        [matrixCell('II.1', 2, { kind: 'tfCluster', points: 100 })],
        [matrixCell('II.2', 1, { kind: 'tfCluster', points: 50 })],
      ),
      attempts: Array.from({ length: count }, (_, index) => itemId(`attempt${index}x`)),
      r: new Uint8Array(32).fill(0x33),
      salt: new Uint8Array(32).fill(0x44),
    },
    'niem-deal/1',
  ),
) as [Publication, Publication];

/** Clusters drawn by the levels of their statements, under a matrix with everything that is only printed. */
const profiled = publish({
  areTargetsPrinted: true,
  exam: itemId('Profiled'),
  pool: [
    ...poolOf(6, 'h', {
      kind: 'tfCluster',
      level: 'APPLY',
      statementLevels: ['UNDERSTAND', 'KNOW', 'UNDERSTAND', 'KNOW'],
    }),
    ...poolOf(6, 'k', { kind: 'tfCluster' }),
    ...poolOf(6, 'u', { kind: 'tfCluster', level: 'UNDERSTAND' }),
  ],
  blueprint: {
    ...blueprintOf([
      matrixCell('I.1', 2, {
        kind: 'tfCluster',
        level: 'UNDERSTAND',
        statements: ['KNOW', 'KNOW', 'UNDERSTAND', 'UNDERSTAND'],
      }),
      matrixCell('I.2', 1, { kind: 'tfCluster', statements: ['KNOW', 'KNOW', 'KNOW', 'KNOW'] }),
      matrixCell('I.3', 1, { kind: 'tfCluster', level: 'UNDERSTAND' }),
    ]),
    format: 'truong-45-3223',
    rows: [
      {
        topic: 'T1',
        chapter: 'C',
        unit: 'U',
        periods: 3,
        outcomes: [{ level: 'KNOW', text: 'x', code: '1' }],
      },
    ],
    scale: [
      { name: 'B', levels: ['KNOW'] },
      { name: 'H', levels: ['UNDERSTAND', 'APPLY', 'APPLY_HIGH'] },
    ],
    targets: { facility: { min: 500, max: 700 } },
  },
  attempts: Array.from({ length: 9 }, (_, index) => itemId(`attempt${index}x`)),
  r: new Uint8Array(32).fill(0x55),
  salt: new Uint8Array(32).fill(0x66),
});

const FORM_RULES = {
  count: 6,
  perShift: 2,
  overlap: 40,
  maxUses: 3,
  spare: 1,
  seatsPerRoom: 8,
  seatsPerRow: 4,
};

/** 40 candidates in three shifts with two forms each. */
function publishedForms(
  rules = FORM_RULES,
  searched = rules,
  targets?: Publication['blueprint']['targets'],
): Publication {
  const attempts = Array.from({ length: 40 }, (_, index) => itemId(`attempt${index}x`));
  const { publication } = publishForms({
    exam: itemId('Forms'),
    pool: [
      ...poolOf(30, 'k').map((item, index) => ({
        ...item,
        facility: 300 + ((index * 37) % 400),
        seconds: 60 + index,
        information: [200 + index, 250 - index, 200],
        ...(index < 8 && { enemies: [`e${index % 4}`] }),
      })),
      ...poolOf(9, 't', { kind: 'tfCluster' as const }).map((item) => ({
        ...item,
        facility: 500,
        seconds: 200,
        information: [300, 300, 300],
      })),
    ],
    blueprint: {
      ...blueprintOf([matrixCell('I', 8)], [matrixCell('II', 2, { kind: 'tfCluster', points: 100 })]),
      ...(targets && { targets }),
    },
    seating: seatAll(
      attempts.map((attempt, index) => ({ attempt, number: String(1000 + index) })),
      rules,
    ),
    reserve: [itemId('reserve0x'), itemId('reserve1x')],
    forms: rules,
    searched,
    r: new Uint8Array(32).fill(0x55),
    salt: new Uint8Array(32).fill(0x66),
  });
  return publication;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'niem-papers-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(content: unknown): string {
  const file = join(folder, 'publication.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Result {
  code: number;
  out: string;
  report: { ok: boolean; verified: number; papers: number; failures: { check: string; attempt?: string }[] };
}

async function verify(content: unknown, ...options: string[]): Promise<Result> {
  const lines: string[] = [];
  const keep = (text: unknown): boolean => lines.push(String(text)) > 0;
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ];
  try {
    const code = await main([write(content), ...options]);
    const out = lines.join('');
    return { code, out, report: options.includes('--json') ? JSON.parse(out) : null };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function changed(change: (copy: Publication) => void): Publication {
  const copy = structuredClone(exam42);
  change(copy);
  return copy;
}

describe('an honest publication', () => {
  test.each([
    ...vectors.map(({ publication }) => publication),
    exam42,
    dealt42,
    dealt5,
    profiled,
    targeted({ min: 600, max: 700 }, 'niem-draw/1'),
    targeted({ min: 534, max: 560 }, 'niem-deal/1'),
    publishedForms(),
    publish(chosenExam),
    publish(chosenExam, 'niem-deal/1'),
    publishedForms(FORM_RULES, FORM_RULES, { facility: { min: 400, max: 600 } }),
  ])('is derived again: %#', async (publication) => {
    const { code, report } = await verify(publication, '--json');
    expect(report).toMatchObject({ ok: true, verified: publication.papers.length, failures: [] });
    expect(code).toBe(0);
  });

  test('is told in words, and agrees with the values of the log', async () => {
    const { seed, manifestHash } = exam42;
    const options = ['--commitment', seed.commitment, '--manifest', manifestHash];
    const { code, out } = await verify(exam42, ...options);
    expect(code).toBe(0);
    expect(out).toContain('42 of 42 papers derived again alike');
  });

  test('of another exam than the logged one is noticed', async () => {
    const { code, report } = await verify(
      exam42,
      '--json',
      '--commitment',
      '0'.repeat(64),
      '--manifest',
      '1'.repeat(64),
    );
    expect(code).toBe(1);
    expect(report.failures.map(({ check }) => check)).toEqual(['seed', 'manifest']);
  });
});

describe('one change is flagged', () => {
  const flipLastBit = (digits: string): string =>
    digits.slice(0, -1) + (Number.parseInt(digits.slice(-1), 16) ^ 1).toString(16);
  test.each<[string, string, (copy: Publication) => void]>([
    ['a bit of the seed contribution', 'seed', (copy) => (copy.seed.r = flipLastBit(copy.seed.r))],
    ['a bit of the salt', 'seed', (copy) => (copy.seed.salt = flipLastBit(copy.seed.salt))],
    ['a bit of the commitment', 'seed', (copy) => (copy.seed.commitment = flipLastBit(copy.seed.commitment))],
    ['an attempt id', 'roster', (copy) => (copy.papers[0]!.attempt = itemId('attempt0'))],
    ['an attempt left out', 'roster', (copy) => copy.papers.pop()],
    ['attempts in another order', 'roster', (copy) => copy.papers.reverse()],
    ['points of a cell', 'blueprint', (copy) => (copy.blueprint.parts[0]!.cells[0]!.points = 24)],
    ['the title of a part', 'blueprint', (copy) => (copy.blueprint.parts[0]!.title = 'Phan I')],
    ['the version of an item', 'snapshot', (copy) => (copy.snapshot[0]!.version = 2)],
    ['an item left out', 'snapshot', (copy) => copy.snapshot.pop()],
    ['a pinned option', 'snapshot', (copy) => copy.snapshot[0]!.pinned.push('a')],
    ['an item twice', 'snapshot', (copy) => copy.snapshot.push(copy.snapshot.at(-1)!)],
    ['the duration', 'manifest', (copy) => (copy.manifest.schedule.durationSeconds = 3001)],
    ['the exam of the manifest', 'manifest', (copy) => (copy.manifest.exam = itemId('other'))],
    ['a redraw counter', 'paper', (copy) => (copy.papers[7]!.redraw = 1)],
    ['a paper hash', 'paper', (copy) => (copy.papers[7]!.paperHash = flipLastBit(copy.papers[7]!.paperHash))],
    ['a paper given twice', 'paper', (copy) => (copy.papers[7]!.paperHash = copy.papers[3]!.paperHash)],
  ])('%s', async (_name, check, change) => {
    const { code, report } = await verify(changed(change), '--json');
    expect(code).toBe(1);
    expect(report.failures.map((failure) => failure.check)).toContain(check);
  });

  test('and the first bad paper is named', async () => {
    const publication = changed((copy) => {
      for (const at of [9, 20]) copy.papers[at]!.paperHash = flipLastBit(copy.papers[at]!.paperHash);
    });
    const { code, out } = await verify(publication);
    expect(code).toBe(1);
    expect(out).toContain(`first bad paper, attempt ${publication.papers[9]!.attempt}`);
    expect(out).toContain('40 of 42');
  });

  test('even when every hash of the frame was made to agree again', async () => {
    const { exam, snapshot, papers } = exam42;
    const forged = publish({
      exam,
      pool: snapshot,
      blueprint: changed((copy) => (copy.blueprint.parts[1]!.cells[0]!.points = 99)).blueprint,
      attempts: papers.map(({ attempt }) => attempt),
      r: new Uint8Array(32).fill(0x11),
      salt: new Uint8Array(32).fill(0x22),
    });
    const { code, report } = await verify({ ...forged, papers }, '--json');
    expect(code).toBe(1);
    expect(report.failures.filter(({ check }) => check === 'paper').length).toBe(42);
    expect((await verify(forged, '--json', '--manifest', exam42.manifestHash)).code).toBe(1);
  });
});

describe('a matrix that lets candidates choose unfairly is caught', () => {
  type Change = (blueprint: (typeof chosenExam)['blueprint'] & Publication['blueprint']) => void;
  test.each<[string, Change, string]>([
    ['a branch worth more', ({ parts }) => (parts[1]!.cells[0]!.points = 101), 'worth 252, 250 hundredths'],
    ['more to answer than there is', ({ parts }) => (parts[0]!.cells[0]!.answer = 4), 'I.1 lets answer more'],
    ['nothing to answer', ({ parts }) => (parts[0]!.cells[0]!.answer = 0), 'I.1 lets answer more'],
    ['a branch without a part', ({ parts }) => delete parts[1]!.branch, 'branch cs has no part'],
    ['a part of no branch', ({ parts }) => (parts[1]!.branch = 'art'), 'there is no branch art'],
    ['a branch twice', ({ branches }) => branches.push({ id: 'cs', title: 'again' }), 'a branch comes twice'],
  ])('%s', async (_, change, message) => {
    const blueprint = structuredClone(chosenExam.blueprint);
    change(blueprint);
    const { code, report } = await verify(publish({ ...chosenExam, blueprint }), '--json');
    expect(code).toBe(1);
    expect(report.failures.filter(({ check }) => check !== 'blueprint')).toEqual([]);
    expect(JSON.stringify(report.failures)).toContain(message);
  });

  test('branches beside parts with times of their own', async () => {
    const published = publish(chosenExam);
    const { manifest } = published;
    const schedule = { ...manifest.schedule, durationSeconds: 30, sections: [10, 10, 10] };
    const { report } = await verify({ ...published, manifest: { ...manifest, schedule } }, '--json');
    expect(JSON.stringify(report.failures)).toContain('it has sections beside branches');
  });
});

describe('an engine that does not hold forms to what it states is caught', () => {
  const messages = async (publication: Publication): Promise<string> => {
    const { code, report } = await verify(publication, '--json');
    expect(code).toBe(1);
    return JSON.stringify(report.failures);
  };

  test('over the overlap between shifts', async () => {
    const loose = { ...FORM_RULES, overlap: 100 };
    expect(await messages(publishedForms({ ...FORM_RULES, overlap: 0 }, loose))).toContain(
      'questions in common',
    );
  });

  test('over how often a question is used', async () => {
    const strict = { ...FORM_RULES, maxUses: 1 };
    expect(await messages(publishedForms(strict, FORM_RULES))).toContain('1 are allowed');
  });

  test('over the bands', async () => {
    const found = publishedForms({ ...FORM_RULES, overlap: 100 });
    const [first] = found.forms?.list ?? [];
    const easy = found.snapshot
      .filter(({ kind, enemies }) => kind === 'choice' && !enemies)
      .toSorted((a, b) => (b.facility ?? 0) - (a.facility ?? 0))
      .map(({ item }) => item);
    first?.items.splice(0, 8, ...easy.slice(0, 8));
    expect(await messages(found)).toContain('score is outside the band');
  });

  test('over the targets', async () => {
    const found = publishedForms(FORM_RULES, FORM_RULES, { facility: { min: 400, max: 500 } });
    found.manifest.algorithm = 'niem-solved/1';
    const [first] = found.forms?.list ?? [];
    const easy = found.snapshot
      .filter(({ kind, enemies }) => kind === 'choice' && !enemies)
      .toSorted((a, b) => (b.facility ?? 0) - (a.facility ?? 0))
      .map(({ item }) => item);
    first?.items.splice(0, 8, ...easy.slice(0, 8));
    expect(await messages(found)).toContain('its expected score is outside the target');
  });

  test('over targets that papers were drawn without', async () => {
    const honest = targeted({ min: 600, max: 700 }, 'niem-draw/1');
    const { keepsTargets: _kept, ...manifest } = honest.manifest;
    expect(await messages({ ...honest, manifest })).toContain('derived');
  });

  test('over who gets which form', async () => {
    const forged = publishedForms();
    const [one] = forged.papers;
    const other = forged.papers.find(({ paperHash }) => paperHash !== one!.paperHash);
    one!.paperHash = other!.paperHash;
    expect(await messages(forged)).toContain('its form is');
  });
});

describe('what cannot be used ends with 2 and a reason', () => {
  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"format"', /not JSON/],
    ['another file', { hello: 1 }, /file\.hello/],
    ['an unknown field', { ...exam42, names: ['An'] }, /file\.names/],
    [
      'a missing field',
      changed((copy) => Reflect.deleteProperty(copy.seed, 'r')),
      /file\.seed\.r is not there/,
    ],
    ['a fraction', changed((copy) => (copy.papers[0]!.redraw = 0.5)), /papers\[0\]\.redraw/],
    ['another algorithm', changed((copy) => Object.assign(copy.manifest, { algorithm: 'x' })), /algorithm/],
  ])('%s', async (_name, content, reason) => {
    const { code, out } = await verify(content);
    expect(code).toBe(2);
    expect(out).toMatch(reason);
  });

  test('no file, two files, unknown options', async () => {
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main([])).toBe(2);
    expect(await main(['a', 'b'])).toBe(2);
    expect(await main(['a', '--fast'])).toBe(2);
    expect(await main([join(folder, 'absent.json')])).toBe(2);
    quiet.mockRestore();
  });
});

test('a program written from the README alone, in Python, arrives at the same drawn papers', (context) => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
  } catch {
    context.skip('python3 is not installed');
  }
  const drawn = vectors.flatMap(({ publication }) =>
    publication.manifest.algorithm === 'niem-draw/1' ? publication : [],
  );
  for (const publication of [...drawn, exam42]) {
    const output = execFileSync('python3', ['test/scripts/rederive-papers.py', write(publication)], {
      encoding: 'utf8',
    });
    const { manifest, manifestHash, seed, papers } = publication;
    expect(JSON.parse(output)).toEqual({
      commitment: seed.commitment,
      snapshotHash: manifest.snapshotHash,
      blueprintHash: manifest.blueprintHash,
      rosterRoot: manifest.rosterRoot,
      manifestHash,
      papers,
    });
  }
});

test('the second opinion imports nothing but Node and itself', () => {
  for (const name of ['', '-cells', '-check', '-deal', '-draw', '-file', '-forms']) {
    const source = readFileSync(`scripts/verify/verify-papers${name}.ts`, 'utf8');
    const imports = [...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '');
    expect(imports.filter((from) => !/^(node:|\.\/verify-papers)/.test(from))).toEqual([]);
  }
});
