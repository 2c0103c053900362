import { electivesOf } from '#bank/blueprint';
import { certify, type CertifiedExam, type DrawnPaper, type Paper, type PaperSlot } from '#bank/assembly';
import {
  indexBoxContext,
  paperContext,
  type Blueprint,
  type BoxContext,
  type PaperIndex,
} from '#bank/protocol';
import { packJson, sealBox } from '#bank/vault';
import type { Fresh, Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { jsonBytes } from './person.ts';
import type { SealedView } from './view-pool.ts';

/** A paper before it is said whose it is. */
export type UnownedPaper = Omit<Fresh<'papers'>, 'candidate'>;

interface PaperFor extends CertifiedExam {
  drawn: DrawnPaper;
  /** The key of a section, to be erased after use. */
  sectionKey(section: number): Uint8Array;
  /** Whether each part has an index box of its own. */
  hasSections: boolean;
  /** Item id → its view in this sitting. */
  views: ReadonlyMap<string, SealedView>;
  /** Item id → the description it belongs to. */
  stimuli: ReadonlyMap<string, string>;
}

/** A drawn paper as it is stored: index boxes for the candidate, sealed order for marking, open certificate. */
export async function sealPaper(
  { keyring, tenant }: Pick<ExamsDeps, 'keyring' | 'tenant'>,
  paper: PaperFor,
): Promise<UnownedPaper> {
  const { exam, drawn, views } = paper;
  const { attempt } = drawn;
  const { slots } = drawn.paper;
  const seen = slots.map((slot) => ({ slot, view: viewOf(views, slot) }));
  const { branches } = paper.blueprint;
  const indexes = paper.hasSections ? sectionIndexes(paper, seen) : [wholeIndex(paper, seen)];
  const [first, ...later] = indexes.map((index, section) => ({
    firstSlot: index.before?.slots ?? 0,
    indexBox: sealIndex(paper, indexBoxContext(tenant, attempt, section), section, index),
  }));
  if (!first) throw new Error('a paper has no part');
  return {
    _id: attempt,
    exam,
    indexBox: first.indexBox,
    ...(later.length > 0 && {
      later: later.map(({ firstSlot, indexBox }) => ({ firstSlot, indexBox: indexBox.toString('base64') })),
    }),
    kinds: slots.map(({ kind }) => kind),
    ...(branches && { branches: branches.map(({ id }) => id) }),
    partCounts: seen.map(({ view }) => view.tokens.size),
    addresses: [...new Set(seen.map(({ view }) => view.address))].sort(),
    ...mediaOf(seen, paper.hasSections),
    certificate: certify(paper, drawn),
    paper: await keyring.seal(`exam/${exam}/marking`, paperContext(tenant, attempt), jsonBytes(drawn.paper)),
  };
}

/** What stands on a stored paper, and in which order. */
export async function openPaper(
  { keyring, tenant }: Pick<ExamsDeps, 'keyring' | 'tenant'>,
  { _id, exam, paper }: Pick<Stored<'papers'>, '_id' | 'exam' | 'paper'>,
): Promise<Paper> {
  const bytes = await keyring.open(`exam/${exam}/marking`, paperContext(tenant, _id), paper);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Paper;
}

interface SeenSlot {
  slot: PaperSlot;
  view: SealedView;
}

/** By rising address, so that it does not follow which question has which. */
function mediaOf(seen: readonly SeenSlot[], hasSections: boolean): Pick<UnownedPaper, 'media'> {
  const media = seen.flatMap(({ slot, view }) =>
    view.media.map(({ source: _source, pieces, ...rule }) => ({
      ...rule,
      section: hasSections ? slot.part : 0,
      pieces: [...pieces],
    })),
  );
  return media.length > 0 ? { media: media.sort((a, b) => (a.media < b.media ? -1 : 1)) } : {};
}

function wholeIndex({ blueprint, stimuli }: PaperFor, seen: readonly SeenSlot[]): PaperIndex {
  const parts = blueprint.parts.map(({ title }) => ({ title }));
  return { parts, slots: indexSlots(seen, stimuli), ...electives(blueprint, seen) };
}

/** One index for each part: none names a slot, or opens a view, of another. */
function sectionIndexes({ blueprint, stimuli }: PaperFor, seen: readonly SeenSlot[]): PaperIndex[] {
  const before = { slots: 0, questions: 0 };
  const parts = blueprint.parts.map(({ title }) => ({ title }));
  return parts.map((_, part) => {
    const mine = seen.filter(({ slot }) => slot.part === part);
    const index: PaperIndex = {
      parts: parts.slice(0, part + 1),
      slots: indexSlots(mine, stimuli),
      ...(part > 0 && { before: { ...before } }),
      ...electives(blueprint, mine),
    };
    before.slots += mine.length;
    before.questions += mine.filter(({ slot }) => slot.kind !== 'description').length;
    return index;
  });
}

function electives(blueprint: Blueprint, seen: readonly SeenSlot[]): Pick<PaperIndex, 'electives'> {
  const found = electivesOf(
    blueprint,
    seen.map(({ slot }) => slot),
  );
  return found ? { electives: found } : {};
}

function indexSlots(seen: readonly SeenSlot[], stimuli: PaperFor['stimuli']): PaperIndex['slots'] {
  return seen.map(({ slot, view }) => {
    const reading = seen.findIndex((other) => other.slot.item === stimuli.get(slot.item));
    return { ...indexSlot(slot, view), ...(reading >= 0 && { reading }) };
  });
}

function sealIndex(
  { sectionKey }: PaperFor,
  context: BoxContext,
  section: number,
  index: PaperIndex,
): Buffer {
  const key = sectionKey(section);
  const plain = packJson(index);
  const box = sealBox(key, 'section', context, plain);
  plain.fill(0);
  key.fill(0);
  return Buffer.from(box);
}

function indexSlot(
  { kind, part, points, order }: PaperSlot,
  { address, key, tokens }: SealedView,
): PaperIndex['slots'][number] {
  return {
    address,
    key: Buffer.from(key).toString('base64url'),
    kind,
    part,
    points,
    order: order.map((id) => {
      const token = tokens.get(id);
      if (token === undefined) throw new Error('a drawn order names a part without a token');
      return token;
    }),
  };
}

function viewOf(views: ReadonlyMap<string, SealedView>, slot: PaperSlot): SealedView {
  const view = views.get(slot.item);
  if (!view) throw new Error('a drawn item has no view in this sitting');
  return view;
}
