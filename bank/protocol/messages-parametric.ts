import type { PARAMETRIC_ERRORS } from './errors-parametric.ts';

export const PARAMETRIC_MESSAGES = {
  'parametric-formula': {
    vi: 'Công thức “{formula}” không đọc được tại ký tự thứ {position}. Hãy viết như 2*a + b/3, số thập phân dùng dấu chấm.',
    en: 'The formula “{formula}” cannot be read at character {position}. Write it like 2*a + b/3, with a decimal point.',
  },
  'parametric-name-unknown': {
    vi: 'Công thức “{formula}” dùng {name}, chưa được khai báo. Hãy thêm tham số này hoặc sửa tên.',
    en: 'The formula “{formula}” uses {name}, which is not declared. Add that parameter or correct the name.',
  },
  'parametric-name-twice': {
    vi: 'Tên {name} được khai báo hai lần. Hãy đổi một tên.',
    en: 'The name {name} is declared twice. Change one of them.',
  },
  'parametric-circle': {
    vi: 'Giá trị {name} được tính từ chính nó. Hãy sửa công thức của nó.',
    en: 'The value {name} is worked out from itself. Correct its formula.',
  },
  'parametric-range': {
    vi: 'Khoảng của tham số {name} trống. Hãy để số đầu không lớn hơn số cuối và bước lớn hơn 0.',
    en: 'The range of parameter {name} is empty. Let the first number be no larger than the last and the step above 0.',
  },
  'parametric-range-long': {
    vi: 'Tham số {name} có hơn {max} giá trị. Hãy thu hẹp khoảng hoặc tăng bước.',
    en: 'Parameter {name} has more than {max} values. Narrow its range or widen its step.',
  },
  'parametric-no-placeholder': {
    vi: 'Phần dẫn không hiện tham số nào nên mọi biến thể giống nhau. Hãy ghi tham số vào phần dẫn, ví dụ {example}.',
    en: 'The stem shows no parameter, so all variants would be alike. Put one into it, such as {example}.',
  },
  'parametric-none': {
    vi: 'Không bộ số nào trong {tried} bộ đã thử thoả mọi điều kiện. Hãy nới điều kiện hoặc mở rộng khoảng.',
    en: 'None of the {tried} choices of numbers tried satisfies all constraints. Loosen them or widen the ranges.',
  },
  'parametric-too-few': {
    vi: 'Chỉ có {count} biến thể khác nhau, cần ít nhất {min}. Hãy nới điều kiện hoặc mở rộng khoảng.',
    en: 'There is only {count} different variant, and {min} are needed. Loosen the constraints or widen the ranges.',
  },
  'parametric-key-unclear': {
    vi: 'Phần dẫn viết giống hệt nhau khi {first} và khi {values}, nhưng đáp án khác nhau. Hãy ghi vào phần dẫn mọi tham số mà đáp án cần.',
    en: 'The stem reads the same when {first} and when {values}, but the key differs. Put every parameter that the key needs into the stem.',
  },
  'parametric-division': {
    vi: 'Công thức “{formula}” chia cho 0 khi {values}. Hãy thêm điều kiện loại bộ số này.',
    en: 'The formula “{formula}” divides by 0 when {values}. Add a constraint that excludes this choice.',
  },
  'parametric-power': {
    vi: 'Công thức “{formula}” có số mũ không phải số nguyên từ -40 đến 40 khi {values}. Hãy sửa công thức hoặc thêm điều kiện.',
    en: 'The formula “{formula}” has an exponent that is no whole number from -40 to 40 when {values}. Correct it or add a constraint.',
  },
  'parametric-places': {
    vi: 'Công thức “{formula}” làm tròn tới số chữ số ngoài khoảng 0 đến 15 khi {values}. Hãy sửa số chữ số.',
    en: 'The formula “{formula}” rounds to a number of decimals outside 0 to 15 when {values}. Correct that number.',
  },
  'parametric-whole': {
    vi: 'Công thức “{formula}” cần số nguyên nhưng gặp số lẻ khi {values}. Hãy sửa bước của tham số hoặc thêm điều kiện.',
    en: 'The formula “{formula}” needs whole numbers and meets another one when {values}. Correct the step or add a constraint.',
  },
  'parametric-size': {
    vi: 'Công thức “{formula}” cho số quá dài khi {values}. Hãy thu hẹp khoảng của tham số.',
    en: 'The formula “{formula}” gives a number that is far too long when {values}. Narrow the ranges.',
  },
  'parametric-endless': {
    vi: 'Đáp số “{formula}” là số thập phân vô hạn khi {values}. Hãy cho số chữ số thập phân, hoặc thêm điều kiện.',
    en: 'The answer “{formula}” has no last decimal when {values}. Give a number of decimals, or add a constraint.',
  },
  'parametric-distractors-missing': {
    vi: 'Câu một lựa chọn cần phương án nhiễu. Hãy thêm ít nhất một công thức.',
    en: 'A single choice needs distractors. Add at least one formula.',
  },
  'parametric-distractors-needless': {
    vi: 'Câu trả lời số không có phương án nhiễu. Hãy xoá các công thức này hoặc đổi dạng câu.',
    en: 'A numeric question has no distractors. Remove these formulas or change the kind.',
  },
  'parametric-distractor-key': {
    vi: 'Phương án nhiễu “{formula}” bằng đáp án ({written}) khi {values}. Hãy sửa công thức hoặc thêm điều kiện.',
    en: 'The distractor “{formula}” equals the key ({written}) when {values}. Correct it or add a constraint.',
  },
  'parametric-distractor-twice': {
    vi: 'Phương án nhiễu “{formula}” bằng “{first}” ({written}) khi {values}. Hãy sửa một công thức hoặc thêm điều kiện.',
    en: 'The distractor “{formula}” equals “{first}” ({written}) when {values}. Correct one of them or add a constraint.',
  },
  'parametric-all-made': {
    vi: 'Mọi biến thể của {code} đã có trong ngân hàng. Hãy đổi khoảng giá trị hoặc nội dung câu.',
    en: 'The bank has all of these variants of {code} already. Change the ranges or the question.',
  },
  'parametric-distractor-far': {
    vi: 'Phương án nhiễu “{formula}” ({written}) hơn hoặc kém đáp án trên 100 lần khi {values} nên không ai chọn. Hãy sửa công thức.',
    en: 'The distractor “{formula}” ({written}) is more than a hundred times larger or smaller than the key when {values}, so nobody picks it. Correct it.',
  },
} as const satisfies Record<keyof typeof PARAMETRIC_ERRORS, { vi: string; en: string }>;
