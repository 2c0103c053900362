import { DomainError } from '#bank/protocol';

const SHOWN = 120;

/** A formula that cannot be rendered: `item-formula` with its text and the place of the mistake. */
export class MathError extends DomainError {
  /** Place of the mistake, counted from 1; the whole formula where the renderer does not tell. */
  readonly position: number;

  constructor(tex: string, position: number) {
    const formula = tex.length > SHOWN ? `${tex.slice(0, SHOWN)}…` : tex;
    super('item-formula', 422, { formula, position });
    this.name = 'MathError';
    this.position = position;
  }
}
