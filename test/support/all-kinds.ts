import type { Cell, ItemKindName, Level } from '#bank/protocol';
import type { QuestionRow } from './exam.ts';
import { PICTURE } from './picture.ts';

export const TOPIC = 'Sóng';

/** A question of each kind but the hotspot; options and statements without formulas, so that what is read is what is shown. */
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
  row('X1', 'Sắp xếp', 'Biết', 'Xếp các âm từ trầm đến bổng.', options('50 Hz', '400 Hz', '2 000 Hz')),
  row(
    'L1',
    'Điền chỗ trống',
    'Hiểu',
    'Điền vào câu về sóng dừng.\nĐiểm không dao động gọi là [[a]], hai điểm như vậy cách nhau [[b]] bước sóng.',
    { 'Phương án A': 'nút', 'Phương án B': 'một\n*nửa\nhai' },
  ),
  row(
    'K1',
    'Kéo từ vào chỗ trống',
    'Hiểu',
    'Chọn từ cho câu về sóng cơ.\nSóng ngang dao động [[1]], sóng dọc dao động [[2]] với phương truyền.',
    { ...options('vuông góc', 'trùng', 'ngược'), 'Đáp án': 'A; B' },
  ),
  row(
    'H1',
    'Chọn từ trong đoạn',
    'Vận dụng',
    'Đánh dấu những từ sai.\nSóng âm là sóng [[cơ]], truyền được trong [[chân không]] và là sóng [[điện từ]].',
    { 'Đáp án': '2;3' },
  ),
  row('R1', 'Đoạn dẫn', 'Vận dụng', 'Một còi phát âm đơn sắc trong không khí.', {}),
  row('C3', 'Một lựa chọn', 'Vận dụng', 'Khi âm truyền vào nước thì đại lượng nào không đổi?', {
    ...options('tần số', 'tốc độ', 'bước sóng', 'biên độ'),
    'Đáp án': 'A',
    'Đoạn dẫn': 'R1',
  }),
];

/** The kind that a file without pictures cannot hold. */
export const PICTURE_QUESTION = {
  code: 'P1',
  topic: TOPIC,
  level: 'KNOW',
  content: {
    kind: 'hotspot',
    stem: [[{ t: 'text', v: 'Chỉ điểm giữa của hình.' }], [PICTURE]],
    points: 1,
  },
  key: { areas: [{ id: 'a', shape: 'circle', coords: [12, 12, 4] }] },
} as const;

/** A paper of everything: thirteen questions, and the reading that comes before one of them. */
export const ALL_KINDS_CELLS: Cell[] = [
  cell('c1', 'choice', 'KNOW', 25),
  cell('c2', 'choice', 'UNDERSTAND', 25),
  cell('c3', 'multiple', 'KNOW', 25),
  cell('c4', 'tfCluster', 'UNDERSTAND', 100),
  cell('c5', 'numeric', 'APPLY', 50),
  cell('c6', 'shortText', 'KNOW', 50),
  cell('c7', 'matching', 'UNDERSTAND', 75),
  cell('c8', 'choice', 'APPLY', 25),
  cell('c9', 'ordering', 'KNOW', 50),
  cell('c10', 'cloze', 'UNDERSTAND', 100),
  cell('c11', 'gapMatch', 'UNDERSTAND', 50),
  cell('c12', 'hotText', 'APPLY', 50),
  cell('c13', 'hotspot', 'KNOW', 50),
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
