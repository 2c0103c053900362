import type { AssemblyData, ItemKindName, Level } from '#bank/protocol';

/**
 * The question workbook: one sheet `Câu hỏi`, first row the headers, then one row per item. Columns are found by
 * header in any order; case, accents and punctuation do not count. Letters A to H name the parts of an item.
 *
 * Notation of `Đáp án` (key), by kind:
 * - Một lựa chọn: one letter, `B`.
 * - Nhiều lựa chọn: letters, `A;C` (also `A,C`, `A C`, `AC`).
 * - Đúng–Sai: statements stand in A to D, key is four signs in their order, `ĐSĐĐ` (each Đ/S, T/F or 1/0).
 * - Trả lời số: a number with comma or point, `2,5`; equivalent values are divided by a bar, `2,5|-2,5`; the first
 *   may be a range, `2,4..2,6`. `Sai số` is absolute (`0,05`) or relative (`2%`).
 * - Trả lời chữ: accepted texts divided by a bar, `Niu-tơn|Newton`.
 * - Ghép đôi: A to H each hold a pair `vế trái => vế phải`; a right side that matches nothing is `=> vế phải`;
 *   the key stays empty, the pairs are the key.
 * - Sắp xếp: A to H hold the parts in the right order; the key stays empty.
 * - Điền chỗ trống: `[[a]]` in the text is the gap that cell A describes, on lines of its own: each an accepted wording,
 *   or, with a star in front of the right ones, the options of a list; the key stays empty.
 * - Kéo từ vào chỗ trống: `[[1]]` in the text is a gap, A to H hold the words, the key names those of each gap in the
 *   order of the text, `B; A|C`.
 * - Chọn từ trong đoạn: `[[…]]` in the text is a phrase; the key names those to be marked by number, `2; 5`.
 * - Chỉ vị trí trên hình: a picture in the stem; A to H hold areas in its pixels, `tròn 110 190 35`,
 *   `chữ nhật 20 40 120 90`, `đa giác 0 0 50 0 50 50`, with `= 1/2` for a share; the key is the number of points that
 *   may be set, as many as areas when empty.
 * - Tự luận: A to H each hold a criterion on lines of its cell, the title, then levels such as `1,00: đủ ý`, then notes
 *   for markers behind `#`; the key says what else holds, `300-600 từ; 20 dòng; hiện tiêu chí`, and may stay empty.
 * - Đoạn dẫn: a text shared by several items; no options, no key. Those items name its code in column `Đoạn dẫn`.
 *
 * `Mức độ`: one level, or for Đúng–Sai that of each statement, `Biết; Biết; Hiểu; Vận dụng`.
 * `Trộn phương án`: `Có` (as when empty), `Không`, `Có, giữ D` where the letters named keep their place, or `Theo số` where
 * numbers stand in rising order.
 * `Mẫu chấp nhận` (short text): wordings with `*` for any characters and `?` for one, divided by a bar.
 * `Cách chấm`: words divided by semicolons, by kind: the scheme of a multiple response, with weights `A=1/2; B=-1/3`, or of an
 * ordering;
 * how a number is typed and rounded; what does not count in a short text or a gap, and the share of a gap,
 * `a=1/3; sai=-1/3`. The words stand in `kinds/`.
 * `[ảnh: mô tả]` in a cell marks the place of a picture anchored in that cell and describes it.
 * `Tỉ lệ đúng` to `Dùng lần cuối` are for the assembly of papers and may all stay empty: `65%` or `0,65`; seconds; names
 * of sets of which a paper takes one item at most, `con lắc; E17`; the information of a calibrated item at the abilities
 * −1, 0 and +1; days such as `30/06/2027`. An empty cell leaves what the item has, a dash takes it away.
 * `Ghi chú` is for the authors and is not read.
 */
export const QUESTION_SHEET = { vi: 'Câu hỏi', en: 'Questions' } as const;

export const OPTION_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type OptionLetter = (typeof OPTION_LETTERS)[number];

export type QuestionColumnId =
  | 'code'
  | 'kind'
  | 'topic'
  | 'level'
  | 'stimulus'
  | 'stem'
  | `option${OptionLetter}`
  | 'key'
  | 'tolerance'
  | 'unit'
  | 'shuffle'
  | 'patterns'
  | 'expressions'
  | 'scoring'
  | AssemblyColumnId
  | 'note';

/** Columns of the data for assembly; each is named as its field. */
export type AssemblyColumnId = keyof AssemblyData;

export interface Column<Id extends string = string> {
  id: Id;
  vi: string;
  en: string;
  /** Other headers that mean the same, written in any case and with or without accents. */
  aliases: readonly string[];
  /** A sheet without this column cannot be read. */
  required: boolean;
  /** Width in characters in the template. */
  width: number;
}

function column(
  id: QuestionColumnId,
  vi: string,
  en: string,
  width: number,
  aliases: readonly string[] = [],
  required = false,
): Column<QuestionColumnId> {
  return { id, vi, en, aliases, required, width };
}

/** All columns in the order of the template. */
export const QUESTION_COLUMNS: readonly Column<QuestionColumnId>[] = [
  column('code', 'Mã câu', 'Code', 12, ['Mã', 'Mã câu hỏi', 'ID', 'Item code', 'Question code'], true),
  column('kind', 'Dạng câu', 'Kind', 16, ['Dạng', 'Loại câu', 'Loại câu hỏi', 'Type', 'Question type'], true),
  column('topic', 'Chủ đề', 'Topic', 24, ['Chương', 'Nội dung kiến thức', 'Chapter', 'Strand'], true),
  column('level', 'Mức độ', 'Level', 14, ['Mức', 'Cấp độ', 'Mức độ nhận thức', 'Cognitive level'], true),
  column('stimulus', 'Đoạn dẫn', 'Stimulus', 12, ['Mã đoạn dẫn', 'Ngữ liệu', 'Passage']),
  column(
    'stem',
    'Nội dung',
    'Stem',
    60,
    ['Nội dung câu hỏi', 'Câu hỏi', 'Đề bài', 'Question', 'Text', 'Question text'],
    true,
  ),
  ...OPTION_LETTERS.map((letter) =>
    column(`option${letter}`, `Phương án ${letter}`, `Option ${letter}`, 24, [
      letter,
      `PA ${letter}`,
      `Lựa chọn ${letter}`,
      `Đáp án ${letter}`,
      `Answer ${letter}`,
      `Ý ${letter}`,
    ]),
  ),
  column('key', 'Đáp án', 'Key', 14, ['Đáp án đúng', 'Khóa', 'Answer', 'Correct', 'Correct answer'], true),
  column('tolerance', 'Sai số', 'Tolerance', 10, ['Sai số cho phép', 'Dung sai']),
  column('unit', 'Đơn vị', 'Unit', 10, []),
  column('shuffle', 'Trộn phương án', 'Shuffle options', 14, ['Trộn', 'Đảo phương án', 'Shuffle']),
  column('patterns', 'Mẫu chấp nhận', 'Accepted patterns', 18, ['Mẫu', 'Patterns']),
  column('expressions', 'Biểu thức chính quy', 'Regular expressions', 18, ['Regex', 'Biểu thức']),
  column('scoring', 'Cách chấm', 'Scoring', 18, ['Cách tính điểm', 'Quy tắc chấm', 'Scheme']),
  column('facility', 'Tỉ lệ đúng', 'Facility', 11, [
    'Độ khó',
    'Tỉ lệ trả lời đúng',
    'p-value',
    'Expected share',
  ]),
  column('seconds', 'Thời gian', 'Seconds', 11, ['Thời gian làm bài', 'Số giây', 'Expected time', 'Time']),
  column('enemies', 'Nhóm loại trừ', 'Enemy sets', 18, ['Câu loại trừ', 'Loại trừ', 'Enemies']),
  column('information', 'Thông tin', 'Information', 18, ['Thông tin Fisher', 'Lượng thông tin']),
  column('embargoUntil', 'Không dùng trước', 'Embargo until', 14, ['Cấm dùng đến', 'Embargo']),
  column('lastUsed', 'Dùng lần cuối', 'Last used', 14, ['Lần dùng cuối', 'Last use']),
  column('note', 'Ghi chú', 'Note', 30, ['Notes', 'Remark', 'Comment']),
];

/** A kind as a cell names it: a kind of the engine and, where the kind has variants, which of them. */
export interface KindChoice {
  kind: ItemKindName;
  /** `rightMinusWrong` for multiple, `caseSensitive` for shortText. */
  variant?: 'rightMinusWrong' | 'caseSensitive';
  vi: string;
  en: string;
  aliases: readonly string[];
}

export const KIND_CHOICES: readonly KindChoice[] = [
  {
    kind: 'choice',
    vi: 'Một lựa chọn',
    en: 'Single choice',
    aliases: ['Một đáp án', 'Trắc nghiệm', 'TN', 'Choice', 'MC', 'MCQ', 'Chọn một'],
  },
  {
    kind: 'multiple',
    vi: 'Nhiều lựa chọn',
    en: 'Multiple response',
    aliases: ['Nhiều đáp án', 'Multiple', 'MR', 'Chọn nhiều', 'Multiple answers'],
  },
  {
    kind: 'multiple',
    variant: 'rightMinusWrong',
    vi: 'Nhiều lựa chọn (trừ phần sai)',
    en: 'Multiple response (right minus wrong)',
    aliases: [],
  },
  {
    kind: 'tfCluster',
    vi: 'Đúng–Sai',
    en: 'True/false',
    aliases: ['ĐS', 'Đúng sai 4 ý', 'True/false cluster', 'TF', 'tfCluster', 'Đ/S'],
  },
  {
    kind: 'numeric',
    vi: 'Trả lời số',
    en: 'Numeric',
    aliases: ['Trả lời ngắn', 'TLN', 'Số', 'Number', 'Numerical', 'Điền số'],
  },
  {
    kind: 'shortText',
    vi: 'Trả lời chữ',
    en: 'Short text',
    aliases: ['Điền từ', 'Điền chữ', 'Text', 'Short answer', 'shortText'],
  },
  {
    kind: 'shortText',
    variant: 'caseSensitive',
    vi: 'Trả lời chữ (phân biệt hoa thường)',
    en: 'Short text (case sensitive)',
    aliases: [],
  },
  { kind: 'matching', vi: 'Ghép đôi', en: 'Matching', aliases: ['Ghép cặp', 'Nối', 'Ghép nối', 'Match'] },
  { kind: 'ordering', vi: 'Sắp xếp', en: 'Ordering', aliases: ['Sắp thứ tự', 'Thứ tự', 'Order', 'Sequence'] },
  {
    kind: 'cloze',
    vi: 'Điền chỗ trống',
    en: 'Cloze',
    aliases: ['Điền khuyết', 'Chọn trong câu', 'Inline choice', 'Fill in the blanks'],
  },
  {
    kind: 'gapMatch',
    vi: 'Kéo từ vào chỗ trống',
    en: 'Gap match',
    aliases: ['Kéo thả', 'Điền từ cho sẵn', 'Drag into text', 'Gap fill'],
  },
  {
    kind: 'hotText',
    vi: 'Chọn từ trong đoạn',
    en: 'Hot text',
    aliases: ['Gạch chân từ', 'Đánh dấu từ', 'Highlight', 'Select text'],
  },
  {
    kind: 'hotspot',
    vi: 'Chỉ vị trí trên hình',
    en: 'Hotspot',
    aliases: ['Chỉ trên hình', 'Vùng nóng', 'Image point'],
  },
  { kind: 'essay', vi: 'Tự luận', en: 'Essay', aliases: ['TL', 'Bài luận', 'Viết', 'Essay with rubric'] },
  {
    kind: 'description',
    vi: 'Đoạn dẫn',
    en: 'Description',
    aliases: ['Ngữ liệu', 'Dữ kiện chung', 'Stimulus', 'Passage'],
  },
];

export interface LevelChoice {
  level: Level;
  vi: string;
  en: string;
  aliases: readonly string[];
}

export const LEVEL_CHOICES: readonly LevelChoice[] = [
  { level: 'KNOW', vi: 'Biết', en: 'Know', aliases: ['Nhận biết', 'NB', 'B', 'Recall', '1'] },
  { level: 'UNDERSTAND', vi: 'Hiểu', en: 'Understand', aliases: ['Thông hiểu', 'TH', 'H', '2'] },
  { level: 'APPLY', vi: 'Vận dụng', en: 'Apply', aliases: ['VD', 'V', 'Vận dụng thấp', 'VDT', '3'] },
  {
    level: 'APPLY_HIGH',
    vi: 'Vận dụng cao',
    en: 'Apply (advanced)',
    aliases: ['VDC', 'APPLY_HIGH', 'Advanced', '4'],
  },
];

/** Words of the `Trộn phương án` cell. */
export const SHUFFLE_WORDS = {
  yes: ['Có', 'Yes', 'X', '1', 'True', 'Trộn'],
  no: ['Không', 'No', '0', 'False'],
  sorted: ['Theo số', 'Tăng dần', 'Sorted', 'By number'],
  keep: ['giữ', 'trừ', 'keep', 'except'],
} as const;

/** Divides equivalent answers. */
export const ALTERNATIVES_BAR = '|';

/** Between the ends of a range of numbers. */
export const RANGE_SIGN = '..';
