import type { Cell, ItemKindName, Level } from '#bank/protocol';
import type { QuestionRow } from './exam.ts';

export const TOPIC = 'Sóng';

/** A question of each kind; options and statements without formulas, so that what is read is what is shown. */
export const ALL_KINDS: readonly QuestionRow[] = [
  row(
    'C1',
    'Một lựa chọn',
    'Biết',
    'Sóng có phương trình $u = 4\\cos\\left(20\\pi t - \\dfrac{\\pi x}{3}\\right)$ cm. Biên độ của sóng là',
    {
      ...options('4 cm', '20 cm', '2 cm', '8 cm'),
      'Đáp án': 'A',
    },
  ),
  row(
    'C2',
    'Một lựa chọn',
    'Hiểu',
    'Tốc độ truyền sóng $v = \\lambda f$ khi $\\lambda = 2$ m và $f = 5$ Hz là',
    {
      ...options('2,5 m/s', '7 m/s', '10 m/s', '0,4 m/s'),
      'Đáp án': 'C',
    },
  ),
  row('M1', 'Nhiều lựa chọn', 'Biết', 'Những đại lượng nào đặc trưng cho sóng?', {
    ...options('bước sóng', 'khối lượng riêng', 'tần số', 'điện trở'),
    'Đáp án': 'A;C',
  }),
  row('D1', 'Đúng–Sai', 'Hiểu', 'Xét sóng cơ trên một sợi dây.', {
    ...options(
      'Sóng truyền năng lượng.',
      'Sóng cơ truyền được trong chân không.',
      'Tần số do nguồn sóng quyết định.',
      'Bước sóng không phụ thuộc môi trường.',
    ),
    'Đáp án': 'ĐSĐS',
  }),
  row('N1', 'Trả lời số', 'Vận dụng', 'Li độ của phần tử ở thời điểm đang xét bằng bao nhiêu?', {
    'Đáp án': '-1,25',
    'Đơn vị': 'cm',
  }),
  row('T1', 'Trả lời chữ', 'Biết', 'Hiện tượng hai sóng kết hợp gặp nhau gọi là gì?', {
    'Đáp án': 'giao thoa',
  }),
  row(
    'G1',
    'Ghép đôi',
    'Hiểu',
    'Ghép mỗi đại lượng với đơn vị của nó.',
    options('Tần số => héc', 'Bước sóng => mét', 'Chu kì => giây', '=> jun'),
  ),
  row('R1', 'Đoạn dẫn', 'Vận dụng', 'Một còi phát âm đơn sắc trong không khí.', {}),
  row('C3', 'Một lựa chọn', 'Vận dụng', 'Khi âm truyền vào nước thì đại lượng nào không đổi?', {
    ...options('tần số', 'tốc độ', 'bước sóng', 'biên độ'),
    'Đáp án': 'A',
    'Đoạn dẫn': 'R1',
  }),
];

/** A paper of everything: eight questions and the reading before the last of Part I. */
export const ALL_KINDS_CELLS: Cell[] = [
  cell('c1', 'choice', 'KNOW', 25),
  cell('c2', 'choice', 'UNDERSTAND', 25),
  cell('c3', 'multiple', 'KNOW', 25),
  cell('c4', 'tfCluster', 'UNDERSTAND', 100),
  cell('c5', 'numeric', 'APPLY', 50),
  cell('c6', 'shortText', 'KNOW', 50),
  cell('c7', 'matching', 'UNDERSTAND', 75),
  cell('c8', 'choice', 'APPLY', 25),
];

function cell(id: string, kind: ItemKindName, level: Level, points: number): Cell {
  return { id, count: 1, points, topic: TOPIC, level, kind };
}

function row(code: string, kind: string, level: string, stem: string, rest: QuestionRow): QuestionRow {
  return { 'Mã câu': code, 'Dạng câu': kind, 'Chủ đề': TOPIC, 'Mức độ': level, 'Nội dung': stem, ...rest };
}

function options(...texts: string[]): QuestionRow {
  return Object.fromEntries(texts.map((text, i) => [`Phương án ${'ABCD'[i]}`, text]));
}
