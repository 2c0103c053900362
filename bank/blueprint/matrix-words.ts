import type { ItemKindName } from '#bank/protocol';

type Text = Readonly<Record<'vi' | 'en', string>>;

/** Words of the printed matrix and specification, as the annex of Công văn 7991/BGDĐT-GDTrH has them. */
export const MATRIX_WORDS = {
  matrixHeading: { vi: 'MA TRẬN ĐỀ KIỂM TRA', en: 'EXAM MATRIX' },
  specificationHeading: { vi: 'BẢN ĐẶC TẢ ĐỀ KIỂM TRA', en: 'TEST SPECIFICATION' },
  matrixSheet: { vi: 'Ma trận', en: 'Matrix' },
  specificationSheet: { vi: 'Đặc tả', en: 'Specification' },
  minutes: { vi: 'Thời gian làm bài: {minutes} phút', en: 'Working time: {minutes} minutes' },
  planned: { vi: 'Theo ma trận đã đặt', en: 'As planned' },
  assembled: { vi: 'Tính từ {papers}/{all} đề đã lập', en: 'Counted in {papers} of {all} assembled papers' },
  number: { vi: 'TT', en: 'No.' },
  chapter: { vi: 'Chủ đề/Chương', en: 'Topic/chapter' },
  unit: { vi: 'Nội dung/đơn vị kiến thức', en: 'Unit' },
  outcome: { vi: 'Yêu cầu cần đạt', en: 'Learning outcomes' },
  levels: { vi: 'Mức độ đánh giá', en: 'Levels' },
  countsByLevel: { vi: 'Số câu hỏi ở các mức độ đánh giá', en: 'Questions at each level' },
  objective: { vi: 'TNKQ', en: 'Objective' },
  sum: { vi: 'Tổng', en: 'Total' },
  percentOfPoints: { vi: 'Tỉ lệ % điểm', en: '% of points' },
  totalCount: { vi: 'Tổng số câu/ý', en: 'Questions/statements' },
  totalPoints: { vi: 'Tổng số điểm', en: 'Points' },
  percent: { vi: 'Tỉ lệ %', en: '%' },
  points: { vi: 'Điểm', en: 'Points' },
  periods: { vi: 'Số tiết', en: 'Periods' },
  statementNote: {
    vi: 'Câu Đúng – Sai được đếm theo ý: mỗi câu bốn ý, mỗi ý một mức độ.',
    en: 'True/false clusters are counted by statement: four in each, every one with its level.',
  },
  unplacedNote: {
    vi: 'Ngoài ra đề rút {count} câu ({points} điểm) từ danh sách chọn sẵn; chủ đề và mức độ của chúng chỉ biết khi đề đã lập.',
    en: 'Besides, {count} questions ({points} points) are drawn from picked lists; their topics and levels are known once papers are assembled.',
  },
} as const satisfies Record<string, Text>;

/** A group of columns and the kinds counted in it. */
export interface KindGroup {
  name: Text;
  kinds: readonly ItemKindName[];
}

/** The four types of the official matrix; kinds that it does not know stand with the type they are most like. */
export const OFFICIAL_GROUPS: readonly KindGroup[] = [
  {
    name: { vi: 'Nhiều lựa chọn', en: 'Single choice' },
    kinds: ['choice', 'multiple', 'matching', 'ordering', 'gapMatch', 'hotText', 'hotspot'],
  },
  { name: { vi: 'Đúng – Sai', en: 'True/false' }, kinds: ['tfCluster'] },
  { name: { vi: 'Trả lời ngắn', en: 'Short answer' }, kinds: ['numeric', 'shortText', 'cloze'] },
  { name: { vi: 'Tự luận', en: 'Essay' }, kinds: ['essay'] },
];

/** Types of the official matrix that are marked without a person: the first three. */
export const OBJECTIVE_GROUPS = 3;

/** Columns of the generic matrix: a group for each kind. */
export const KIND_GROUPS: readonly KindGroup[] = [
  { name: { vi: 'Một lựa chọn', en: 'Single choice' }, kinds: ['choice'] },
  { name: { vi: 'Nhiều lựa chọn', en: 'Multiple response' }, kinds: ['multiple'] },
  { name: { vi: 'Đúng – Sai', en: 'True/false' }, kinds: ['tfCluster'] },
  { name: { vi: 'Trả lời số', en: 'Numeric' }, kinds: ['numeric'] },
  { name: { vi: 'Trả lời chữ', en: 'Short text' }, kinds: ['shortText'] },
  { name: { vi: 'Ghép đôi', en: 'Matching' }, kinds: ['matching'] },
  { name: { vi: 'Sắp xếp', en: 'Ordering' }, kinds: ['ordering'] },
  { name: { vi: 'Điền chỗ trống', en: 'Cloze' }, kinds: ['cloze'] },
  { name: { vi: 'Kéo từ vào chỗ trống', en: 'Gap match' }, kinds: ['gapMatch'] },
  { name: { vi: 'Chọn từ trong đoạn', en: 'Hot text' }, kinds: ['hotText'] },
  { name: { vi: 'Chỉ vị trí trên hình', en: 'Hotspot' }, kinds: ['hotspot'] },
  { name: { vi: 'Tự luận', en: 'Essay' }, kinds: ['essay'] },
];
