import type { CandidateMe, StateWord } from '#bank/protocol';

/** Who sits which exam, as its page shows it; where the attempt stands comes apart. */
export type Seat = Omit<CandidateMe, keyof StateWord>;

/** The seat in an answer of the server, without keys and times. */
export function seatOf({
  exam,
  attempt,
  title,
  name,
  number,
  durationSeconds,
  spreadMs,
  language,
}: CandidateMe): Seat {
  return { exam, attempt, title, name, number, durationSeconds, spreadMs, language };
}
