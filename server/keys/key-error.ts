type KeyErrorCode =
  | 'key-file-inside-data'
  | 'key-file-exposed'
  | 'key-file-io'
  | 'key-file-damaged'
  | 'key-passphrase-missing'
  | 'key-passphrase-wrong'
  | 'key-passphrase-unused'
  | 'keys-locked'
  | 'key-line-closed';

/** Why the keys cannot be used, in a sentence for whoever runs the server that says what to do next. */
export class KeyError extends Error {
  readonly code: KeyErrorCode;
  constructor(code: KeyErrorCode, message: string) {
    super(message);
    this.name = 'KeyError';
    this.code = code;
  }
}
