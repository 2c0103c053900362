import { DomainError } from '#bank/protocol';
import { CryptoError } from '#bank/vault';

/** Names the record that is missing or does not open, since an administrator has to find out who changed it. */
export function unreadable(record: string, id: string): DomainError {
  return new DomainError('marking-unreadable', 500, { record, id });
}

/** What this gives. @throws DomainError `marking-unreadable` when it does not open */
export async function readable<T>(record: string, id: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw unreadable(record, id);
  }
}
