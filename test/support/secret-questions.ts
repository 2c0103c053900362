import type { QuestionRow } from './exam.ts';
import { PICTURE } from './picture.ts';

const VARIANTS = 3;
export const TOPIC = 'Chủ đề kín Hải Vân 4471';
const PASSAGE = 'MA-DOAN-8840';

/** What a candidate may never be told, whatever the state of the exam. */
export const NEVER_TOLD = {
  topic: TOPIC,
  levels: ['Vận dụng cao', 'APPLY_HIGH'],
  note: 'Lời giải mật Bạch Mã 9931',
  codes: range(11 * VARIANTS).map((i) => `MA-CAU-88${41 + i}`),
  numericKeys: range(VARIANTS).flatMap((i) => [`48213,77${i}`, `48213.77${i}`]),
  textKeys: range(VARIANTS).map((i) => `đất sét trắng Trúc Thôn 55${i}`),
};

/** What a candidate may read once the exam has begun, and never in clear on the wire. */
export const STEMS = range(11 * VARIANTS).map((i) => `Câu hỏi Vịnh Lăng Cô 63${10 + i} thế nào?`);

const KINDS: readonly ((i: number) => QuestionRow)[] = [
  (i) => ({ 'Dạng câu': 'Một lựa chọn', 'Đoạn dẫn': PASSAGE, ...parts(i, 4), 'Đáp án': 'B' }),
  (i) => ({ 'Dạng câu': 'Nhiều lựa chọn', ...parts(i, 4), 'Đáp án': 'A;C' }),
  (i) => ({ 'Dạng câu': 'Đúng–Sai', ...parts(i, 4), 'Đáp án': 'ĐSĐS' }),
  (i) => ({ 'Dạng câu': 'Trả lời số', 'Đáp án': NEVER_TOLD.numericKeys[2 * i]!, 'Đơn vị': 'm/s' }),
  (i) => ({ 'Dạng câu': 'Trả lời chữ', 'Đáp án': NEVER_TOLD.textKeys[i]! }),
  (i) => ({
    'Dạng câu': 'Ghép đôi',
    'Phương án A': `trái ${i}a => phải ${i}a`,
    'Phương án B': `trái ${i}b => phải ${i}b`,
  }),
  (i) => ({ 'Dạng câu': 'Sắp xếp', ...parts(i, 4) }),
  (i) => ({
    'Dạng câu': 'Điền chỗ trống',
    'Phương án A': NEVER_TOLD.textKeys[i]!,
    'Phương án B': `*mục ${i}a\nmục ${i}b`,
  }),
  (i) => ({ 'Dạng câu': 'Kéo từ vào chỗ trống', ...parts(i, 3), 'Đáp án': 'B; A' }),
  () => ({ 'Dạng câu': 'Chọn từ trong đoạn', 'Đáp án': '2' }),
];

/** What stands behind the stem, by the place of the kind. */
const GAPS: Readonly<Record<number, string>> = {
  7: ' [[a]] và [[b]]',
  8: ' [[1]] và [[2]]',
  9: ' [[một]] và [[hai]]',
};

/** So many questions of each kind but the hotspot and the description, with which the single choices belong together. */
export const SECRET_ROWS: readonly QuestionRow[] = [
  {
    'Mã câu': PASSAGE,
    'Dạng câu': 'Đoạn dẫn',
    'Chủ đề': TOPIC,
    'Mức độ': 'Vận dụng cao',
    'Nội dung': 'Đọc đoạn văn sau đây.',
  },
  ...KINDS.flatMap((kind, k) =>
    range(VARIANTS).map((i) => ({
      'Mã câu': NEVER_TOLD.codes[k * VARIANTS + i]!,
      'Chủ đề': TOPIC,
      'Mức độ': 'Vận dụng cao',
      'Nội dung': `${STEMS[k * VARIANTS + i]} $\\frac{1}{${100 + i}}$${GAPS[k] ?? ''}`,
      'Ghi chú': NEVER_TOLD.note,
      ...kind(i),
    })),
  ),
];

/** Those of the kind that a file without pictures cannot hold. */
export const SECRET_PICTURES = range(VARIANTS).map((i) => {
  const at = KINDS.length * VARIANTS + i;
  return {
    code: NEVER_TOLD.codes[at]!,
    topic: TOPIC,
    level: 'APPLY_HIGH',
    content: { kind: 'hotspot', stem: [[{ t: 'text', v: STEMS[at]! }], [PICTURE]], points: 1 },
    key: { areas: [{ id: 'a', shape: 'rect', coords: [1 + i, 2, 10 + i, 20] }] },
  };
});

function parts(i: number, count: number): QuestionRow {
  const letters = ['A', 'B', 'C', 'D'].slice(0, count);
  return Object.fromEntries(letters.map((letter) => [`Phương án ${letter}`, `phần ${letter} của ${i}`]));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
