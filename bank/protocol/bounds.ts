import type { Language } from './message.ts';

/** What binds a form besides its cells: sums over it, its descriptions, what it has in common with an earlier form. */
export type BoundName =
  | 'score'
  | 'time'
  | 'information-low'
  | 'information-middle'
  | 'information-high'
  | 'passages'
  | 'passage-questions'
  | 'overlap';

/** A bound that a form cannot keep, and by how much it would have to move. */
export interface Relaxation {
  bound: BoundName;
  /** Number of the earlier form, from 1, where the bound is an overlap. */
  form?: number;
  side: 'least' | 'most';
  /** In the unit of the bound: 1/100,000 of a point, seconds, information, descriptions, questions. */
  limit: number;
  by: number;
}

const NAMES: Readonly<Record<BoundName, Readonly<Record<Language, string>>>> = {
  score: { vi: 'điểm dự kiến', en: 'expected score' },
  time: { vi: 'thời gian dự kiến (giây)', en: 'expected time (seconds)' },
  'information-low': { vi: 'độ phân biệt ở mức yếu', en: 'information at low ability' },
  'information-middle': { vi: 'độ phân biệt ở mức trung bình', en: 'information at middle ability' },
  'information-high': { vi: 'độ phân biệt ở mức giỏi', en: 'information at high ability' },
  passages: { vi: 'số đoạn dẫn', en: 'descriptions' },
  'passage-questions': { vi: 'số câu của một đoạn dẫn', en: 'questions of one description' },
  overlap: { vi: 'số câu trùng với đề thứ {form}', en: 'questions in common with form {form}' },
};
const SIDES = {
  least: { vi: 'ít nhất {limit}, phải hạ {by}', en: 'at least {limit}, to be lowered by {by}' },
  most: { vi: 'nhiều nhất {limit}, phải nâng {by}', en: 'at most {limit}, to be raised by {by}' },
} as const;
const PER_POINT = 100_000;

/** `số câu trùng với đề thứ 1: nhiều nhất 2, phải nâng 1`. */
export function relaxationText({ bound, form, side, limit, by }: Relaxation, language: Language): string {
  const told = (value: number): string =>
    bound === 'score'
      ? (value / PER_POINT).toLocaleString(language, { maximumFractionDigits: 3 })
      : String(value);
  const name = NAMES[bound][language].replace('{form}', String(form));
  const text = SIDES[side][language].replace('{limit}', told(limit)).replace('{by}', told(by));
  return `${name}: ${text}`;
}
