import type { ItemUse, NewBank, RichText } from '#bank/protocol';
import { createBanks, type Banks, type ItemInput } from '#server/banks';
import type { Store } from '#server/storage';
import { leavesOf, openPorts, type Ports } from '../../support/ports.ts';

export interface World extends Ports {
  banks: Banks;
  /** What the record tells of the use of items. */
  used: Map<string, ItemUse>;
  uses: { ofBank(bank: string): Promise<ReadonlyMap<string, ItemUse>> };
  /** The same module over another view of the store, as after a restart or with a failing disk. */
  over(store: Store): Banks;
}

export async function openWorld(): Promise<World> {
  const ports = await openPorts();
  const { keyring, audit, clock, jobs } = ports;
  const used = new Map<string, ItemUse>();
  const uses = { ofBank: () => Promise.resolve(used) };
  const over = (store: Store): Banks =>
    createBanks({
      store,
      keyring: keyring.onlyLines('bank/*/*', 'import'),
      audit,
      clock,
      tenant: 'main',
      jobs,
      uses,
    });
  return { ...ports, used, uses, banks: over(ports.store), over };
}

export function newBank(changes: Partial<NewBank> = {}): NewBank {
  return { name: 'Vật lí 11', kind: 'shared', topics: ['Dao động', 'Sóng'], ...changes };
}

export const rich = (v: string): RichText => [[{ t: 'text', v }]];

/** A single choice of which option B is right. */
export function choiceInput(code: string, changes: Partial<ItemInput> = {}): ItemInput {
  return {
    code,
    topic: 'Dao động',
    level: 'KNOW',
    content: {
      kind: 'choice',
      stem: [
        [
          { t: 'text', v: `Câu ${code}: tính ` },
          { t: 'math', tex: '\\frac{1}{2}' },
        ],
      ],
      options: ['một', 'hai', 'ba'].map((text, i) => ({
        id: String.fromCodePoint(97 + i),
        text: rich(text),
      })),
      shuffle: true,
    },
    key: { correct: ['b'] },
    ...changes,
  };
}

export function descriptionInput(code: string): ItemInput {
  return {
    code,
    topic: 'Dao động',
    level: 'KNOW',
    content: { kind: 'description', stem: rich(`Đoạn dẫn ${code}`) },
    key: {},
  };
}

/** Actions of the ledger so far, oldest first. */
export async function actions({ audit }: World): Promise<string[]> {
  return (await leavesOf(audit)).map(({ action }) => action);
}
