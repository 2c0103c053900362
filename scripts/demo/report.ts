import { progressLine } from '../terminal/progress.ts';

/** One line per step on standard error, so that standard output holds the one line of JSON and nothing else. */
export class Report {
  readonly #quiet: boolean;
  #step = 0;

  constructor({ quiet }: { quiet: boolean }) {
    this.#quiet = quiet;
  }

  /** Tells a step that is done, with its figure. */
  done(what: string, figure: string): void {
    this.#step++;
    this.say(`${String(this.#step).padStart(2)}. ${what.padEnd(44)} ${figure}`);
  }

  say(line: string): void {
    if (!this.#quiet) process.stderr.write(`${line}\n`);
  }

  /** Tells how far a step is while it takes time. */
  progress(what: string): (done: number, total: number) => void {
    return this.#quiet ? () => undefined : progressLine(what);
  }
}
