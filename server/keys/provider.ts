/** A line key as it lies in the Store: wrapped by the root key of this id. */
interface WrappedKey {
  root: string;
  wrapped: Uint8Array;
}

/**
 * Holds the root keys and never hands them out. `context` binds a wrapped key to its use: what was wrapped for one
 * context does not unwrap for another.
 */
export interface KeyProvider {
  /** What it is, for error sentences: `the key file /home/…/keys.json`. */
  readonly name: string;
  /** Wraps a 32-byte key under the current root key; a provider without one makes it now. */
  wrap(context: string, key: Uint8Array): Promise<WrappedKey>;
  /**
   * @throws KeyError `keys-locked` when it does not hold the root key of that id
   * @throws CryptoError when the root key does not fit or the bytes were changed
   */
  unwrap(context: string, key: WrappedKey): Promise<Uint8Array>;
}
