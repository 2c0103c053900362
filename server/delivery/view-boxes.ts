import { DomainError } from '#bank/protocol';
import type { Store } from '#server/storage';

/** Bytes of boxes that are kept in memory: several sittings of some hundred questions, or one with many pictures. */
const KEPT_BYTES = 32 * 1024 * 1024;

interface ViewBox {
  exam: string;
  box: Buffer;
}

interface ViewBoxes {
  /** The box at this address, of this exam. @throws DomainError `not-found` */
  get(exam: string, address: string): Promise<Buffer>;
}

/**
 * The view boxes of the sittings that candidates fetch now. All candidates of a sitting fetch from the same few hundred,
 * so they are read once and kept, those that were asked for last.
 */
export function createViewBoxes({ store }: { store: Store }): ViewBoxes {
  /** By address, in the order in which they were asked for last. */
  const kept = new Map<string, ViewBox>();
  let bytes = 0;

  function drop(address: string): void {
    bytes -= kept.get(address)?.box.length ?? 0;
    kept.delete(address);
  }

  function keep(address: string, box: ViewBox): void {
    drop(address);
    kept.set(address, box);
    bytes += box.box.length;
    for (const oldest of kept.keys()) {
      if (bytes <= KEPT_BYTES) return;
      drop(oldest);
    }
  }

  return {
    async get(exam, address) {
      const found = kept.get(address) ?? (await store.get('viewBoxes', address));
      if (found?.exam !== exam) throw new DomainError('not-found', 404);
      keep(address, found);
      return found.box;
    },
  };
}
