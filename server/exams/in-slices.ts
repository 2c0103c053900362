import { turn } from '#server/storage';

/** Boxes sealed or opened in one turn of the event loop. */
const SLICE = 100;

/** Does the same for many, slice by slice, with time for others in between; results in the same order. */
export async function inSlices<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < list.length; start += SLICE) {
    if (start > 0) await turn();
    results.push(...(await Promise.all(list.slice(start, start + SLICE).map(work))));
  }
  return results;
}
