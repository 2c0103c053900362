import type { QuestionRow } from './exam.ts';

/** Texts that may stand nowhere in clear, by where they come from. */
export const KNOWN = {
  stems: [
    'Cầu vồng Đất Mũi 4417 hiện ra khi nào?',
    'Những chú voọc Cát Bà 5528 ăn gì?',
    'Xét đàn sếu Tràm Chim 6639 đang bay.',
    'Con thuyền Hạ Long 7740 đi được bao xa?',
    'Làng gốm Bát Tràng 8851 dùng nguyên liệu gì?',
    'Ghép mỗi hang Phong Nha 9962 với độ dài của nó.',
    'Đoạn văn về Ruộng bậc thang Mù Cang Chải 1073.',
  ],
  options: [
    'Sau cơn mưa rào Năm Căn 2184',
    'Giữa trưa nắng Cà Mau 3295',
    'Lá cây rừng Việt Hải 4306',
    'Cua đá Bạch Long Vĩ 5417',
    'Sếu đầu đỏ bay thành đàn 6528',
    'Sếu đầu đỏ ngủ trên cây 7639',
    'Cỏ năn là thức ăn chính 8740',
    'Mùa nước nổi sếu đi xa 9851',
    'Hang Sơn Đoòng 1162',
    'Hang Én 2273 bên sông',
    'chín kilômét 3384',
    'một phẩy sáu kilômét 4495',
  ],
  formula: '\\frac{v_{7741}}{\\lambda_{3356}}',
  keys: ['48213,7719', '48213.7719', 'đất sét trắng Trúc Thôn 5506', 'cao lanh Phương Viên 6617'],
  typed: ['73519,22648', 'đất cao lanh Bình Phước 7728 ạ'],
  names: ['Nguyễn Thị Ánh Nguyệt Quế', 'Trần Đỗ Gia Khiêm Nhường', 'Lê Hoàng Ỷ Thiên Tâm'],
  birthDates: ['17/03/1987', '1987-03-17'],
  pupilCodes: ['HS-99-QUYNH-3391', 'HS-99-KHIEM-4402', 'HS-99-THIEN-5513'],
  comment: 'Câu này mơ hồ quá, chị Thuỷ Tiên 8839 xem lại nhé.',
  draft: 'Bản nháp Hồ Ba Bể 9940 chưa ai đọc.',
  preview: ['Xem trước Đầm Thị Nại 1151 thôi.', 'Tháp Bánh Ít 2262 ở đâu', 'Tháp Đôi 3373 ở đâu'],
  upload: 'Hàng loạt Rừng Tràm Trà Sư 6612',
};

const [choice, multiple, cluster, numeric, shortText, matching, passage] = KNOWN.stems;
const [rain, noon, leaf, crab, fly, sleep, reed, flood, cave, swallow, nine, less] = KNOWN.options;
export const TOPIC = 'Thiên nhiên';
const common = { 'Chủ đề': TOPIC, 'Mức độ': 'Biết' };

/** One question of each kind. */
export const KNOWN_ROWS: readonly QuestionRow[] = [
  { ...common, 'Mã câu': 'K-0', 'Dạng câu': 'Đoạn dẫn', 'Nội dung': passage ?? '' },
  {
    ...common,
    'Mã câu': 'K-1',
    'Dạng câu': 'Một lựa chọn',
    'Đoạn dẫn': 'K-0',
    'Nội dung': `${choice} $${KNOWN.formula}$`,
    'Phương án A': rain ?? '',
    'Phương án B': noon ?? '',
    'Đáp án': 'A',
  },
  {
    ...common,
    'Mã câu': 'K-2',
    'Dạng câu': 'Nhiều lựa chọn',
    'Nội dung': multiple ?? '',
    'Phương án A': leaf ?? '',
    'Phương án B': crab ?? '',
    'Đáp án': 'A;B',
  },
  {
    ...common,
    'Mã câu': 'K-3',
    'Dạng câu': 'Đúng–Sai',
    'Nội dung': cluster ?? '',
    'Phương án A': fly ?? '',
    'Phương án B': sleep ?? '',
    'Phương án C': reed ?? '',
    'Phương án D': flood ?? '',
    'Đáp án': 'ĐSĐS',
  },
  {
    ...common,
    'Mã câu': 'K-4',
    'Dạng câu': 'Trả lời số',
    'Nội dung': numeric ?? '',
    'Đáp án': KNOWN.keys[0] ?? '',
  },
  {
    ...common,
    'Mã câu': 'K-5',
    'Dạng câu': 'Trả lời chữ',
    'Nội dung': shortText ?? '',
    'Đáp án': `${KNOWN.keys[2]}|${KNOWN.keys[3]}`,
  },
  {
    ...common,
    'Mã câu': 'K-6',
    'Dạng câu': 'Ghép đôi',
    'Nội dung': matching ?? '',
    'Phương án A': `${cave} => ${nine}`,
    'Phương án B': `${swallow} => ${less}`,
    'Đáp án': '',
  },
];
