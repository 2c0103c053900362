/** Sockets served in one turn of the event loop; more would hold up the answers of everybody else. */
const SLICE = 250;

/** Does the same for many attempts, slice by slice, with a turn of the event loop between two slices. */
export async function inSlices(
  attempts: readonly string[],
  work: (attempt: string, place: number) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < attempts.length; start += SLICE) {
    const slice = attempts.slice(start, start + SLICE);
    await Promise.all(slice.map((attempt, index) => work(attempt, start + index)));
    await new Promise(setImmediate);
  }
}
