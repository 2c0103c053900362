/** The folder of the log and the database contradict each other: a person has to look before the log goes on. */
export class LedgerError extends Error {
  readonly code: 'ledger-ahead' | 'ledger-differs' | 'ledger-foreign' | 'ledger-damaged';
  constructor(code: LedgerError['code'], message: string) {
    super(message);
    this.name = 'LedgerError';
    this.code = code;
  }
}
