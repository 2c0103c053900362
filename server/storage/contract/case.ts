/**
 * One promise of a port, as a function that throws when an adapter breaks it. The same cases run under the test
 * runner and from the command line (`niem doctor`), so they use no test library: assertions are Node's own.
 */
export interface ContractCase<S> {
  /** A sentence that begins with its group, such as "commits refuse a taken id". */
  name: string;
  /** @throws CannotRun where the subject lacks what this case needs; anything else is a broken promise */
  run(subject: S): Promise<void>;
}

/** A case was not tried; the message says what was missing. */
export class CannotRun extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotRun';
  }
}
