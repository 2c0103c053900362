import type ExcelJS from 'exceljs';
import type { RichText } from '#bank/protocol';
import { parseMarkup, toOrdering } from '#bank/item';
import type { ImportedItem } from './import-row.ts';
import { writeWorkbook } from './write-workbook.ts';

/** The workbook that authors start from: headers, lists, one example of each kind, and how to fill it in. */
export async function templateWorkbook(): Promise<Uint8Array> {
  const { bytes } = await writeWorkbook(EXAMPLES, { addSheets: addInstructions });
  return bytes;
}

const rich = (markup: string): RichText => parseMarkup(markup);
const parts = (...texts: string[]) =>
  texts.map((text, i) => ({ id: String.fromCodePoint(97 + i), text: rich(text) }));

const TOPIC = 'Dao động';

/** An axis with its two ends and the middle, 120 by 30 pixels. */
const AXIS = {
  t: 'image' as const,
  mime: 'image/png' as const,
  data: 'iVBORw0KGgoAAAANSUhEUgAAAHgAAAAeCAAAAADCooVJAAAANUlEQVR42u3VwQkAMAwDMe+/dDpDobiP6BZQ8CeZTwUMBoMfwClcHfBSuJGpwVXYdwKDwXcdW+WAN0iixzQAAAAASUVORK5CYII=',
  alt: 'Trục dao động với hai biên và điểm giữa',
};

const PENDULUM = toOrdering(
  [
    'Kéo con lắc lệch một góc nhỏ rồi thả nhẹ.',
    'Bấm đồng hồ khi con lắc qua vị trí cân bằng.',
    'Đếm đủ 20 dao động rồi dừng đồng hồ.',
    'Chia thời gian đo được cho 20.',
  ].map(rich),
);

const EXAMPLES: readonly ImportedItem[] = [
  {
    code: 'VD-01',
    kind: 'choice',
    topic: TOPIC,
    level: 'KNOW',
    content: {
      kind: 'choice',
      stem: rich(
        'Một vật dao động điều hoà với phương trình $x = A\\cos(\\omega t + \\varphi)$. Đại lượng $A$ gọi là',
      ),
      options: parts('biên độ', 'tần số góc', 'pha ban đầu', 'chu kì'),
      shuffle: true,
    },
    key: { correct: ['a'] },
  },
  {
    code: 'VD-02',
    kind: 'multiple',
    topic: TOPIC,
    level: 'UNDERSTAND',
    content: {
      kind: 'multiple',
      stem: rich('Những đại lượng nào sau đây không đổi trong dao động điều hoà?'),
      options: parts('Biên độ', 'Li độ', 'Cơ năng', 'Gia tốc'),
      shuffle: true,
    },
    key: { correct: ['a', 'c'], scheme: 'allOrNothing' },
  },
  {
    code: 'VD-03',
    kind: 'tfCluster',
    topic: TOPIC,
    level: 'APPLY',
    content: {
      kind: 'tfCluster',
      stem: rich(
        'Một con lắc lò xo có $k = 100\\ \\text{N/m}$, $m = 0{,}25\\ \\text{kg}$ dao động với biên độ 4 cm.',
      ),
      statements: parts(
        'Tần số góc bằng 20 rad/s.',
        'Cơ năng bằng 0,8 J.',
        'Tốc độ cực đại bằng 80 cm/s.',
        'Gia tốc cực đại bằng 16 m/s<sup>2</sup>.',
      ),
    },
    key: { truth: { a: true, b: false, c: true, d: true } },
  },
  {
    code: 'VD-04',
    kind: 'numeric',
    topic: TOPIC,
    level: 'APPLY',
    content: {
      kind: 'numeric',
      stem: rich('Một vật thực hiện 20 dao động trong 50 s. Chu kì dao động là bao nhiêu?'),
      unit: 's',
    },
    key: { value: '2.5', tolerance: '0.01' },
    assembly: { facility: 550, seconds: 90, enemies: ['chu kì'] },
  },
  {
    code: 'VD-05',
    kind: 'shortText',
    topic: TOPIC,
    level: 'KNOW',
    content: { kind: 'shortText', stem: rich('Đơn vị của lực trong hệ SI có tên là gì?') },
    key: { accepted: ['niu-tơn', 'newton'] },
  },
  {
    code: 'VD-06',
    kind: 'matching',
    topic: TOPIC,
    level: 'UNDERSTAND',
    content: {
      kind: 'matching',
      stem: rich('Ghép mỗi đại lượng với đơn vị của nó.'),
      prompts: [
        { id: 'a', text: rich('Chu kì') },
        { id: 'b', text: rich('Tần số') },
      ],
      choices: [
        { id: '1', text: rich('giây') },
        { id: '2', text: rich('héc') },
        { id: '3', text: rich('jun') },
      ],
    },
    key: { pairs: { a: '1', b: '2' } },
  },
  {
    code: 'VD-11',
    kind: 'ordering',
    topic: TOPIC,
    level: 'UNDERSTAND',
    content: {
      kind: 'ordering',
      stem: rich('Sắp xếp các bước đo chu kì của con lắc đơn theo thứ tự thực hiện.'),
      parts: PENDULUM.parts,
    },
    key: { order: PENDULUM.order, orderScheme: 'adjacent' },
  },
  {
    code: 'VD-12',
    kind: 'cloze',
    topic: TOPIC,
    level: 'UNDERSTAND',
    content: {
      kind: 'cloze',
      stem: rich(
        'Điền vào chỗ trống.\nTrong dao động điều hoà, gia tốc luôn [[a]] với li độ và có đơn vị là [[b]].',
      ),
      gaps: [
        {
          id: 'a',
          options: [
            { id: 'aa', text: 'cùng pha' },
            { id: 'ab', text: 'ngược pha' },
            { id: 'ac', text: 'vuông pha' },
          ],
        },
        { id: 'b' },
      ],
    },
    key: { answers: { a: ['ab'], b: ['m/s2', 'm/s^2'] } },
  },
  {
    code: 'VD-13',
    kind: 'gapMatch',
    topic: TOPIC,
    level: 'KNOW',
    content: {
      kind: 'gapMatch',
      stem: rich(
        'Chọn từ cho mỗi chỗ trống.\nKhi qua vị trí cân bằng, vật có tốc độ [[1]] và gia tốc [[2]].',
      ),
      choices: parts('bằng không', 'cực đại', 'cực tiểu'),
    },
    key: { fills: { '1': ['b'], '2': ['a'] } },
  },
  {
    code: 'VD-14',
    kind: 'hotText',
    topic: TOPIC,
    level: 'UNDERSTAND',
    content: {
      kind: 'hotText',
      stem: rich(
        'Chọn những cụm từ sai.\nDao động tắt dần có [[biên độ giảm dần]], [[chu kì tăng dần]] và [[cơ năng không đổi]].',
      ),
    },
    key: { correct: ['2', '3'], scheme: 'allOrNothing' },
  },
  {
    code: 'VD-15',
    kind: 'hotspot',
    topic: TOPIC,
    level: 'KNOW',
    content: {
      kind: 'hotspot',
      stem: [...rich('Chỉ vị trí cân bằng của vật dao động giữa hai biên.'), [AXIS]],
      points: 1,
    },
    key: { areas: [{ id: 'a', shape: 'circle', coords: [60, 15, 8] }] },
  },
  {
    code: 'VD-10',
    kind: 'essay',
    topic: TOPIC,
    level: 'APPLY_HIGH',
    content: {
      kind: 'essay',
      stem: rich('Trình bày một ứng dụng của hiện tượng cộng hưởng trong đời sống.'),
      minWords: 150,
      maxWords: 300,
      lines: 20,
    },
    key: {
      criteria: [
        {
          id: 'a',
          title: 'Kiến thức',
          note: 'Chấp nhận mọi ứng dụng đúng.',
          levels: [
            { points: 100, text: 'đúng và đủ' },
            { points: 50, text: 'đúng một phần' },
            { points: 0, text: 'sai' },
          ],
        },
        {
          id: 'b',
          title: 'Lập luận',
          levels: [
            { points: 100, text: 'mạch lạc' },
            { points: 0, text: 'rời rạc' },
          ],
        },
      ],
    },
  },
  {
    code: 'VD-07',
    kind: 'description',
    topic: TOPIC,
    level: 'KNOW',
    content: {
      kind: 'description',
      stem: rich(
        'Một con lắc đơn dài 1 m dao động ở nơi có $g = 9{,}8\\ \\text{m/s}^2$. Dùng dữ kiện này cho câu sau.',
      ),
    },
    key: {},
  },
  {
    code: 'VD-08',
    kind: 'numeric',
    topic: TOPIC,
    level: 'APPLY_HIGH',
    stimulus: 'VD-07',
    content: {
      kind: 'numeric',
      stem: rich('Chu kì dao động nhỏ của con lắc là bao nhiêu giây (làm tròn đến hàng phần trăm)?'),
    },
    key: { value: '2.01', tolerance: '0.01' },
  },
];

const INSTRUCTIONS: readonly (readonly [string, string])[] = [
  [
    'Cách điền',
    'Mỗi dòng của trang “Câu hỏi” là một câu. Xoá các dòng ví dụ VD-… trước khi nhập. Không gộp ô, không dùng công thức Excel.',
  ],
  [
    'Mã câu',
    'Mã riêng của từng câu, ví dụ VL11-001. Nhập lại tệp có cùng mã sẽ cập nhật câu đã có, không tạo câu trùng.',
  ],
  [
    'Dạng câu',
    'Chọn trong danh sách: Một lựa chọn, Nhiều lựa chọn, Đúng–Sai, Trả lời số, Trả lời chữ, Ghép đôi, Sắp xếp, Điền chỗ trống, Kéo từ vào chỗ trống, Chọn từ trong đoạn, Chỉ vị trí trên hình, Tự luận, Đoạn dẫn.',
  ],
  ['Chủ đề', 'Phải có trong danh sách chủ đề của ngân hàng câu hỏi.'],
  [
    'Mức độ',
    'Biết, Hiểu, Vận dụng hoặc Vận dụng cao (cũng hiểu NB, TH, VD, VDC). Câu Đúng–Sai có thể ghi mức của từng ý: Biết; Biết; Hiểu; Vận dụng.',
  ],
  ['Đoạn dẫn', 'Nếu câu thuộc một đoạn dẫn chung, ghi mã của dòng Đoạn dẫn đó.'],
  [
    'Nội dung',
    'Chữ thường, chỉ số trên/dưới của Excel, hoặc <sub>…</sub> <sup>…</sup> <b>…</b> <i>…</i> <u>…</u>. Công thức LaTeX viết giữa hai dấu $…$. Dấu $ thường viết \\$.',
  ],
  [
    'Ảnh',
    'Chèn ảnh PNG/JPEG (dưới 256 KB) sao cho góc trên bên trái nằm trong ô nội dung hoặc phương án, và ghi [ảnh: mô tả] ở chỗ cần hiện.',
  ],
  [
    'Phương án A…H',
    'Câu lựa chọn: các phương án. Câu Đúng–Sai: bốn ý ở A, B, C, D. Câu ghép đôi: mỗi ô một cặp “vế trái => vế phải”; vế phải thừa ghi “=> vế phải”. Câu sắp xếp: các phần theo thứ tự đúng. Câu điền chỗ trống: ghi [[a]] trong nội dung, ô A ghi đáp án của chỗ đó, mỗi dòng một cách viết; hoặc mỗi dòng một phương án để chọn, thêm * trước phương án đúng. Câu kéo từ: ghi [[1]], [[2]] trong nội dung, các từ ở A, B, C… Câu chọn từ trong đoạn: đặt các cụm từ trong [[ và ]] ở nội dung. Câu chỉ vị trí: mỗi ô một vùng của hình, theo điểm ảnh: tròn 110 190 35 (x, y, bán kính); chữ nhật 20 40 120 90; đa giác 0 0 50 0 50 50.',
  ],
  [
    'Đáp án',
    'Một lựa chọn: B. Nhiều lựa chọn: A;C. Đúng–Sai: ĐSĐĐ. Trả lời số: 2,5 (nhiều giá trị: 2,5|-2,5; cả khoảng: 2,4..2,6). Trả lời chữ: Niu-tơn|Newton. Tự luận: 300-600 từ; 20 dòng; hiện tiêu chí (hoặc để trống), mỗi tiêu chí một ô phương án. Kéo từ: B; A (theo thứ tự chỗ trống). Chọn từ trong đoạn: 2; 5 (số thứ tự của cụm từ). Chỉ vị trí: số điểm được đặt. Ghép đôi, sắp xếp, điền chỗ trống và đoạn dẫn: để trống.',
  ],
  ['Sai số', 'Chỉ cho câu trả lời số: chênh lệch cho phép, ví dụ 0,01 hoặc 2%. Để trống là phải đúng hẳn.'],
  ['Đơn vị', 'Chỉ cho câu trả lời số: đơn vị hiện sau ô trả lời, thí sinh không phải gõ.'],
  [
    'Trộn phương án',
    'Có (như khi để trống), Không, hoặc “Có, giữ D” nếu phương án D luôn đứng cuối. “Theo số”: các số luôn xếp tăng dần. “Tất cả các phương án trên” tự giữ chỗ.',
  ],
  [
    'Mẫu chấp nhận',
    'Chỉ cho câu trả lời chữ: cách viết có dấu * (một đoạn bất kì) hoặc ? (một chữ), ví dụ *điều hoà*. Nhiều mẫu cách nhau bằng |.',
  ],
  [
    'Cách chấm',
    'Để trống là như thường. Nhiều lựa chọn: đúng hết; đúng trừ sai; trừ chọn thừa; trọng số (có thể kèm A=1/2; B=-1/3). Trả lời số: chỉ dấu phẩy; chỉ dấu chấm; phiếu bốn ô; làm tròn 2 chữ số thập phân; làm tròn 3 chữ số có nghĩa. Trả lời chữ: bỏ qua dấu thanh; i như y. Sắp xếp: đúng hết; cặp liền nhau; cặp đúng thứ tự. Điền chỗ trống: như trả lời chữ; phân biệt hoa thường; mỗi đáp án một lần; a=1/3; b=2/3; sai=-1/3. Chọn từ trong đoạn: như nhiều lựa chọn, 2=1/2. Kéo từ: dùng lại; 1=1/3; sai=-1/3.',
  ],
  [
    'Cho việc ghép đề',
    'Không bắt buộc. Tỉ lệ đúng dự kiến: 65%. Thời gian: số giây. Nhóm loại trừ: các câu cùng nhóm không bao giờ vào chung một đề, ví dụ con lắc; E17. Thông tin: ba số của câu đã hiệu chuẩn. Không dùng trước, Dùng lần cuối: ngày, ví dụ 30/06/2027. Ô trống thì giữ dữ liệu đã có, ghi dấu - để xoá.',
  ],
  ['Ghi chú', 'Dành cho người soạn, không được nhập vào hệ thống.'],
];

function addInstructions(workbook: ExcelJS.Workbook): void {
  const sheet = workbook.addWorksheet('Hướng dẫn');
  sheet.getColumn(1).width = 20;
  sheet.getColumn(2).width = 110;
  INSTRUCTIONS.forEach(([title, text], i) => {
    const row = sheet.getRow(i + 1);
    row.getCell(1).value = title;
    row.getCell(1).font = { bold: true };
    row.getCell(2).value = text;
    row.alignment = { vertical: 'top', wrapText: true };
  });
}
