/** Sockets served in one turn of the event loop; more would hold up the answers of everybody else. */
const SLICE = 32;

/** Does the same for many attempts or sockets, slice by slice, with a turn of the event loop between two slices. */
export async function inSlices<T>(
  all: readonly T[],
  work: (one: T, place: number) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < all.length; start += SLICE) {
    const slice = all.slice(start, start + SLICE);
    await Promise.all(slice.map((one, index) => work(one, start + index)));
    await new Promise(setImmediate);
  }
}
