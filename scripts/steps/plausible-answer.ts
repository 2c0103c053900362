import { randomInt } from 'node:crypto';
import type { ItemView } from '#bank/item';
import type { Response } from '#bank/protocol';

/** A plausible answer to a slot, chosen by chance; null for a description, which takes none. */
export function plausibleAnswer(view: ItemView): Response {
  switch (view.kind) {
    case 'choice':
      return { c: pick(view.options).token };
    case 'multiple':
      return { m: view.options.filter(() => randomInt(2) === 1).map((option) => option.token) };
    case 'tfCluster':
      return { t: Object.fromEntries(view.statements.map(({ token }) => [token, randomInt(2) === 1])) };
    case 'numeric':
      return { x: `${randomInt(20)},${randomInt(10)}` };
    case 'shortText':
      return { x: pick(['dao động', 'cộng hưởng', 'giao thoa', 'điện trở', 'tần số']) };
    case 'matching':
      return { p: Object.fromEntries(view.prompts.map(({ token }) => [token, pick(view.choices).token])) };
    case 'ordering':
      return { o: shuffled(view.parts).map(({ token }) => token) };
    case 'cloze':
      return {
        g: Object.fromEntries(
          view.gaps.map(({ token, options }) => [
            token,
            options ? { c: pick(options).token } : { x: pick(['dao động', 'tần số', '5']) },
          ]),
        ),
      };
    case 'gapMatch':
      return { p: Object.fromEntries(view.gaps.map(({ token }) => [token, pick(view.choices).token])) };
    case 'hotText':
      return {
        m: view.text
          .flat()
          .flatMap(({ token }) => (token !== undefined && randomInt(2) === 1 ? [token] : [])),
      };
    case 'hotspot':
      return { h: [[randomInt(view.width), randomInt(view.height)]] };
    case 'essay':
      return { e: `${pick(['Theo em', 'Bài viết cho thấy'])} dao động là chuyển động qua lại.` };
    case 'description':
      return null;
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, by: randomInt(1_000_000) }))
    .sort((a, b) => a.by - b.by)
    .map(({ value }) => value);
}

function pick<T>(list: readonly T[]): T {
  const chosen = list[randomInt(list.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}
