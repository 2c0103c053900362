import { join } from 'node:path';
import { root } from './built-server.mjs';

const { reviewAll, sharedBank } = await import(join(root, 'dist/scripts/steps/bank.js'));

export const QUESTIONS = 80;
/** Requests under way at once. */
const AT_ONCE = 20;

/** A shared bank of approved questions of one cell; gives its id. */
export async function filledBank({ teacher, reviewer }) {
  const bank = await sharedBank(teacher.api, reviewer.api, 'Ngân hàng', ['Sóng']);
  const numbers = Array.from({ length: QUESTIONS }, (_, i) => i);
  await inTurns(numbers, (i) => teacher.api.post(`/banks/${bank.id}/items`, question(i)));
  await reviewAll(teacher.api, reviewer.api, bank.id);
  return bank.id;
}

function question(i) {
  const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: paragraph(`Phương án ${id} ${i}`) }));
  return {
    code: `C-${i}`,
    topic: 'Sóng',
    level: 'KNOW',
    content: { kind: 'choice', stem: paragraph(`Câu ${i} là gì?`), options, shuffle: true },
    key: { correct: ['a'] },
  };
}

function paragraph(text) {
  return [[{ t: 'text', v: text }]];
}

/** Does the work for all, some at once. */
export async function inTurns(list, work) {
  const left = [...list];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
