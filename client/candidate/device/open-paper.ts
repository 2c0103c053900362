import type { ItemView } from '#bank/item';
import {
  boxAad,
  indexBoxContext,
  PAGE_LIMITS,
  parseBox,
  unpad,
  viewBoxContext,
  type BoxContext,
  type FetchedPaper,
  type PaperIndex,
} from '#bank/protocol';
import type { PaperShape } from '../../core/index.ts';
import type { Choice } from '../parts/electives.tsx';
import { fromBase64 } from './bytes.ts';
import { inflateText } from './inflate.ts';

/** One slot with its content. */
export interface OpenSlot {
  view: ItemView;
  /** Tokens of the shuffled group in this candidate's order. */
  order: readonly string[];
}

export interface OpenPaper {
  shape: PaperShape;
  /** Those of the shape. */
  slots: readonly OpenSlot[];
  /** Asks and tells what is chosen, where there is something to choose. */
  Choice?: Choice | undefined;
}

/** A key as it came, for opening only: it cannot be exported again. */
export function importKey(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(base64), 'AES-GCM', false, ['decrypt']);
}

/** What a box holds. */
export async function openBox(
  key: CryptoKey,
  context: BoxContext,
  box: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = parseBox(box);
  if (!parts) throw new Error('not a box');
  const algorithm = {
    name: 'AES-GCM',
    iv: parts.iv as Uint8Array<ArrayBuffer>,
    additionalData: boxAad(context, parts.keyId) as Uint8Array<ArrayBuffer>,
  };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, parts.sealed as Uint8Array<ArrayBuffer>));
}

async function openJson<T>(key: CryptoKey, context: BoxContext, box: Uint8Array): Promise<T> {
  const deflated = unpad(await openBox(key, context, box));
  if (!deflated) throw new Error('not padded');
  return JSON.parse(await inflateText(deflated, PAGE_LIMITS.openedBoxBytes)) as T;
}

/** What a question is answered by part by part, where it is. */
type ViewInParts = Partial<Record<'statements' | 'prompts' | 'gaps', unknown[]>>;

function choicesWanted(view: ItemView): number {
  const { statements, prompts, gaps } = view as ViewInParts;
  return (statements ?? prompts ?? gaps ?? [0]).length;
}

/** Opens the index of a section with its key and every view with its key from the index; fails as a whole. */
export async function openPaper(
  { tenant, attempt, index: first, later, boxes }: FetchedPaper,
  sectionKey: CryptoKey,
  section = 0,
): Promise<OpenPaper> {
  const box = fromBase64([first, ...(later ?? [])][section] ?? '');
  const index = await openJson<PaperIndex>(sectionKey, indexBoxContext(tenant, attempt, section), box);
  const slots = await Promise.all(
    index.slots.map(async ({ address, key, order }) => {
      const context = viewBoxContext(tenant, address);
      const view = await openJson<ItemView>(
        await importKey(key),
        context,
        boxes.get(address) ?? new Uint8Array(),
      );
      return { view, order };
    }),
  );
  const shapes = index.slots.map(({ kind, part, points, reading }, slot) => {
    const view = slots[slot]?.view;
    return { kind, part, points, reading, wanted: view ? choicesWanted(view) : 1 };
  });
  const { before = { slots: 0, questions: 0 }, electives } = index;
  const choosing =
    electives && (await import('../parts/electives.tsx')).choosing(electives, before.slots, shapes.length);
  return {
    shape: { before, parts: index.parts, slots: shapes, uncounted: choosing?.uncounted },
    slots,
    Choice: choosing?.Choice,
  };
}
