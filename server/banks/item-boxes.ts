import canonicalize from 'canonicalize';
import { DomainError, itemContext, LIMITS, type AssemblyData, type Level } from '#bank/protocol';
import { itemKind, type ItemContent, type ItemKey } from '#bank/item';
import type { MathNode } from '#bank/protocol';
import { hmac, padTo, unpad } from '#bank/vault';
import type { Sealed, Stored } from '#server/storage';
import type { BanksDeps } from './deps.ts';

/** Sizes tell less when they come in steps. */
const PADDING = 1024;
/** As long as the tokens of a sitting are. */
const ANY_TOKEN = '12345678';
const MEGABYTE = 1024 * 1024;

/** What an item says, and where it belongs. `stimulus` is the code of its description. */
export interface ItemText {
  content: ItemContent;
  key: ItemKey;
  topic: string;
  level: Level;
  stimulus: string;
  assembly?: AssemblyData;
}

type VersionDoc = Pick<
  Stored<'itemVersions'>,
  'bank' | 'item' | 'version' | 'contentSealed' | 'keySealed' | 'viewSealed'
>;

/** A formula as it was rendered at approval. */
interface Rendered {
  tex: string;
  display: boolean;
  tree: MathNode;
}

/** Seals and opens what items hold: content, view and comments under the content line, keys under marking. */
export function createItemBoxes({ keyring, tenant }: Pick<BanksDeps, 'keyring' | 'tenant'>) {
  const hashKeys = new Map<string, Promise<Uint8Array>>();
  const contentLine = (bank: string): string => `bank/${bank}/content`;

  function hashKey(bank: string): Promise<Uint8Array> {
    const known = hashKeys.get(bank) ?? keyring.derive(contentLine(bank), 'content-hash');
    hashKeys.set(bank, known);
    known.catch(() => hashKeys.delete(bank));
    return known;
  }

  async function openJson<T>(
    line: string,
    doc: VersionDoc,
    field: 'content' | 'key',
    box: Sealed,
  ): Promise<T> {
    const bytes = await keyring.open(line, itemContext(tenant, doc.item, doc.version, field), box);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
  }

  const boxes = {
    /** Equal for equal texts of one bank, and telling nothing to who does not hold the bank's key. */
    async hash(bank: string, text: ItemText): Promise<string> {
      const canonical = canonicalize({ ...text, kind: text.content.kind }) ?? '';
      return Buffer.from(hmac(await hashKey(bank), canonical)).toString('base64url');
    },

    async seal(bank: string, item: string, version: number, text: Pick<ItemText, 'content' | 'key'>) {
      const content = itemContext(tenant, item, version, 'content');
      const key = itemContext(tenant, item, version, 'key');
      return {
        contentSealed: await keyring.seal(contentLine(bank), content, jsonBytes(text.content)),
        keySealed: await keyring.seal(`bank/${bank}/marking`, key, jsonBytes(text.key)),
      };
    },

    content(doc: VersionDoc): Promise<ItemContent> {
      return openJson(contentLine(doc.bank), doc, 'content', doc.contentSealed);
    },

    key(doc: VersionDoc): Promise<ItemKey> {
      return openJson(`bank/${doc.bank}/marking`, doc, 'key', doc.keySealed);
    },

    /**
     * Renders the formulas once and for all, padded.
     *
     * @throws DomainError `item-too-large` when the view would not fit the box that it gets in a sitting
     */
    async sealView(doc: VersionDoc): Promise<Sealed> {
      const { renderMath } = await import('#bank/item/math');
      const rendered: Rendered[] = [];
      const content = await boxes.content(doc);
      const view = itemKind(content.kind).toView(content, {
        token: () => ANY_TOKEN,
        math(tex, display) {
          const tree = renderMath(tex, display);
          rendered.push({ tex, display, tree });
          return tree;
        },
      });
      if (jsonBytes(view).length > LIMITS.openedBoxBytes)
        throw new DomainError('item-too-large', 422, { megabytes: LIMITS.openedBoxBytes / MEGABYTE });
      const context = itemContext(tenant, doc.item, doc.version, 'view');
      return keyring.seal(contentLine(doc.bank), context, padTo(jsonBytes(rendered), PADDING));
    },

    /** The rendered formulas of an approved version, by source. */
    async rendered(doc: VersionDoc): Promise<(tex: string, display: boolean) => MathNode> {
      if (!doc.viewSealed) throw new Error('an approved version has no view');
      const context = itemContext(tenant, doc.item, doc.version, 'view');
      const bytes = unpad(await keyring.open(contentLine(doc.bank), context, doc.viewSealed));
      const list = JSON.parse(Buffer.from(bytes).toString('utf8')) as Rendered[];
      const bySource = new Map(list.map(({ tex, display, tree }) => [`${display} ${tex}`, tree]));
      return (tex, display) => {
        const tree = bySource.get(`${display} ${tex}`);
        if (tree === undefined) throw new Error('a formula of an approved version was not rendered');
        return tree;
      };
    },

    sealComment(bank: string, item: string, version: number, comment: string): Promise<Sealed> {
      const context = itemContext(tenant, item, version, 'comment');
      return keyring.seal(contentLine(bank), context, Buffer.from(comment, 'utf8'));
    },

    async comment(doc: Stored<'itemVersions'>): Promise<string | undefined> {
      if (!doc.commentSealed) return undefined;
      const context = itemContext(tenant, doc.item, doc.version, 'comment');
      const bytes = await keyring.open(contentLine(doc.bank), context, doc.commentSealed);
      return Buffer.from(bytes).toString('utf8');
    },
  };
  return boxes;
}

export type ItemBoxes = ReturnType<typeof createItemBoxes>;

/** A JSON value as the bytes that go into a box. */
export function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
