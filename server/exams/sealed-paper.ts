import { certify, type CertifiedExam, type DrawnPaper, type PaperSlot } from '#bank/assembly';
import { indexBoxContext, paperContext, type PaperIndex } from '#bank/protocol';
import { packJson, sealBox } from '#bank/vault';
import type { Fresh } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { jsonBytes } from './person.ts';
import type { SealedView } from './view-pool.ts';

interface PaperFor extends CertifiedExam {
  candidate: string;
  drawn: DrawnPaper;
  sectionKey: Uint8Array;
  /** Item id → its view in this sitting. */
  views: ReadonlyMap<string, SealedView>;
  /** Item id → the description it belongs to. */
  stimuli: ReadonlyMap<string, string>;
}

/** A drawn paper as it is stored: index box for the candidate, sealed order for marking, open certificate. */
export async function sealPaper(
  { keyring, tenant }: Pick<ExamsDeps, 'keyring' | 'tenant'>,
  paper: PaperFor,
): Promise<Fresh<'papers'>> {
  const { exam, candidate, drawn, sectionKey, views, stimuli } = paper;
  const { attempt } = drawn;
  const { slots } = drawn.paper;
  const seen = slots.map((slot) => ({ slot, view: viewOf(views, slot) }));
  const index: PaperIndex = {
    parts: paper.blueprint.parts.map(({ title }) => ({ title })),
    slots: seen.map(({ slot, view }) => {
      const reading = slots.findIndex(({ item }) => item === stimuli.get(slot.item));
      return { ...indexSlot(slot, view), ...(reading >= 0 && { reading }) };
    }),
  };
  const plain = packJson(index);
  const indexBox = sealBox(sectionKey, 'section', indexBoxContext(tenant, attempt, 0), plain);
  plain.fill(0);
  return {
    _id: attempt,
    exam,
    candidate,
    indexBox: Buffer.from(indexBox),
    kinds: slots.map(({ kind }) => kind),
    partCounts: seen.map(({ view }) => view.tokens.size),
    addresses: [...new Set(seen.map(({ view }) => view.address))].sort(),
    certificate: certify(paper, drawn),
    paper: await keyring.seal(`exam/${exam}/marking`, paperContext(tenant, attempt), jsonBytes(drawn.paper)),
  };
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
