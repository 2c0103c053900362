/** The publication file as bank/assembly/README.md §2 describes it, read strictly: no unknown field passes. */

export interface Item {
  item: string;
  version: number;
  topic: string;
  level: string;
  kind: string;
  statementLevels?: string[];
  stimulus?: string;
  parts: string[];
  pinned: string[];
  facility?: number;
  seconds?: number;
  information?: number[];
  enemies?: string[];
}

/** Either the stratum, that of passages, or the list is there. */
export interface Cell {
  id: string;
  count: number;
  points: number;
  /** How many of its questions a candidate answers, where it is not all. */
  answer?: number;
  topic?: string;
  level?: string;
  kind?: string;
  statements?: string[];
  items?: string[];
  /** Levels of the questions of each passage. */
  passage?: { levels: string[] };
}

export interface Range {
  min: number;
  max: number;
}

/** `branch`: the part is only for who chooses it. */
export interface Blueprint {
  branches?: { id: string; title: string }[];
  parts: { title: string; branch?: string; cells: Cell[] }[];
  /** Thousandths of the points, and seconds. */
  targets?: { facility?: Range; seconds?: Range };
}

export interface PublishedPaper {
  attempt: string;
  redraw: number;
  paperHash: string;
}

export interface FormRules {
  count: number;
  perShift: number;
  overlap: number;
  maxUses: number;
  spare: number;
  seatsPerRoom: number;
  seatsPerRow: number;
}

export interface Seat {
  attempt: string;
  shift: number;
  room: string;
  seat: number;
}

/** `doublings`: how often the bands were doubled before all forms were inside. */
export interface PublishedForms {
  doublings: number;
  list: { code: string; items: string[] }[];
}

export interface Publication {
  format: string;
  exam: string;
  snapshot: Item[];
  blueprint: Blueprint;
  manifest: {
    algorithm: string;
    exam: string;
    snapshotHash: string;
    blueprintHash: string;
    rosterRoot: string;
    /** Attempts of the papers in reserve, in the order in which they are issued. */
    reserve?: string[];
    /** Whether every paper keeps the targets of the blueprint. */
    keepsTargets?: true;
    forms?: FormRules;
    seatingRoot?: string;
    /** `sections`: seconds of each part, where the parts are sections. */
    schedule: { durationSeconds: number; deadline: number | null; sections?: number[] };
    policy: { profile: string; markingPolicy: string; showPoints: boolean };
  };
  manifestHash: string;
  seed: { commitment: string; salt: string; r: string };
  papers: PublishedPaper[];
  forms?: PublishedForms;
  seating?: Seat[];
}

/** The file is not a publication; the message names the place. */
export class NotAPublication extends Error {}

type Reader = (value: unknown, where: string) => void;

/** Checks the shape of a parsed file. */
export function readPublication(value: unknown): Publication {
  publication(value, 'file');
  return value as Publication;
}

function refuse(where: string, wanted: string): never {
  throw new NotAPublication(`${where} is not ${wanted}`);
}

const text: Reader = (value, where) => {
  if (typeof value !== 'string') refuse(where, 'text');
};
const hex32: Reader = (value, where) => {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) refuse(where, '64 hexadecimal digits');
};
const whole: Reader = (value, where) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) refuse(where, 'a whole number');
};
const moment: Reader = (value, where) => {
  if (value !== null) whole(value, where);
};
const mark: Reader = (value, where) => {
  if (value !== true) refuse(where, 'true');
};
const flag: Reader = (value, where) => {
  if (typeof value !== 'boolean') refuse(where, 'true or false');
};
function oneOf(...wanted: string[]): Reader {
  return (value, where) => {
    if (typeof value !== 'string' || !wanted.includes(value)) refuse(where, `"${wanted.join('" or "')}"`);
  };
}
function list(entry: Reader): Reader {
  return (value, where) => {
    if (!Array.isArray(value)) refuse(where, 'a list');
    value.forEach((one, index) => entry(one, `${where}[${index}]`));
  };
}
function object(fields: Record<string, Reader>, optional: readonly string[] = []): Reader {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(where, 'an object');
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (unknown !== undefined) refuse(`${where}.${unknown}`, 'a field of a publication');
    const entries = new Map(Object.entries(value));
    for (const [name, reader] of Object.entries(fields)) {
      if (entries.has(name)) reader(entries.get(name), `${where}.${name}`);
      else if (!optional.includes(name)) refuse(`${where}.${name}`, 'there');
    }
  };
}

const cellFields = { id: text, count: whole, points: whole, answer: whole };
const matrixCell = object({ ...cellFields, topic: text, level: text, kind: text, statements: list(text) }, [
  'answer',
  'statements',
]);
const listCell = object({ ...cellFields, items: list(text) }, ['answer']);
const passageShape = object({ levels: list(text) });
const passageCell = object({ ...cellFields, topic: text, kind: text, passage: passageShape }, ['answer']);
const cell: Reader = (value, where) => {
  const has = (name: string): boolean => typeof value === 'object' && value !== null && name in value;
  (has('items') ? listCell : has('passage') ? passageCell : matrixCell)(value, where);
};
const item = object(
  {
    item: text,
    version: whole,
    topic: text,
    level: text,
    kind: text,
    statementLevels: list(text),
    stimulus: text,
    parts: list(text),
    pinned: list(text),
    facility: whole,
    seconds: whole,
    information: list(whole),
    enemies: list(text),
  },
  ['statementLevels', 'stimulus', 'facility', 'seconds', 'information', 'enemies'],
);
/** What a matrix prints beside its cells; nothing of it decides a draw. */
const row = object(
  {
    topic: text,
    chapter: text,
    unit: text,
    periods: whole,
    outcomes: list(object({ level: text, text, code: text, competence: text }, ['code', 'competence'])),
  },
  ['chapter', 'unit', 'periods', 'outcomes'],
);
const range = object({ min: whole, max: whole });
const formRules = object({
  count: whole,
  perShift: whole,
  overlap: whole,
  maxUses: whole,
  spare: whole,
  seatsPerRoom: whole,
  seatsPerRow: whole,
});
const manifest = object(
  {
    algorithm: oneOf('niem-draw/1', 'niem-deal/1', 'niem-forms/1', 'niem-solved/1'),
    exam: text,
    snapshotHash: hex32,
    blueprintHash: hex32,
    rosterRoot: hex32,
    reserve: list(text),
    keepsTargets: mark,
    forms: formRules,
    seatingRoot: hex32,
    schedule: object({ durationSeconds: whole, deadline: moment, sections: list(whole) }, ['sections']),
    policy: object({ profile: text, markingPolicy: text, showPoints: flag }),
  },
  ['reserve', 'keepsTargets', 'forms', 'seatingRoot'],
);
const publishedFields = {
  format: oneOf('niem-papers/1'),
  exam: text,
  snapshot: list(item),
  blueprint: object(
    {
      parts: list(object({ title: text, branch: text, cells: list(cell) }, ['branch'])),
      branches: list(object({ id: text, title: text })),
      format: text,
      rows: list(row),
      scale: list(object({ name: text, levels: list(text) })),
      targets: object({ facility: range, seconds: range }, ['facility', 'seconds']),
      limits: object({ restDays: whole, maxPapers: whole }, ['restDays', 'maxPapers']),
    },
    ['branches', 'format', 'rows', 'scale', 'targets', 'limits'],
  ),
  manifest,
  manifestHash: hex32,
  seed: object({ commitment: hex32, salt: hex32, r: hex32 }),
  papers: list(object({ attempt: text, redraw: whole, paperHash: hex32 })),
  forms: object({ doublings: whole, list: list(object({ code: text, items: list(text) })) }),
  seating: list(object({ attempt: text, shift: whole, room: text, seat: whole })),
};
const publication = object(publishedFields, ['forms', 'seating']);
