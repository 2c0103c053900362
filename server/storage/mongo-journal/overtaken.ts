import { Unavailable } from '../store.ts';

/** Another server has taken the stream over: this one must not acknowledge anything any more, and end. */
export class Overtaken extends Unavailable {
  constructor() {
    super(
      'Another server has taken over the journal of this database. This one acknowledges nothing any more and must end.',
    );
    this.name = 'Overtaken';
  }
}
