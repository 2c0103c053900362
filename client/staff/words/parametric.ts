import { defineWords } from './words.ts';

export const parametricWords = defineWords({
  title: { vi: 'Câu có số thay đổi', en: 'Question with changing numbers' },
  lead: {
    vi: 'Một câu thành nhiều biến thể, mỗi biến thể một bộ số. Một đề chỉ nhận một biến thể.',
    en: 'One question becomes many variants, each with numbers of its own. A paper takes one of them at most.',
  },
  choice: { vi: 'Một lựa chọn', en: 'Single choice' },
  numeric: { vi: 'Trả lời số', en: 'Numeric' },
  templates: { vi: 'Đã tạo trước đây', en: 'Made before' },
  templatesHint: {
    vi: 'Mở lại để xem hoặc tạo thêm: biến thể đã có được bỏ qua, số thứ tự nối tiếp.',
    en: 'Open one to look at it or to make more: variants that the bank has are left out, and the numbers go on.',
  },
  openTemplate: { vi: '{code} ({count} biến thể)', en: '{code} (variants: {count})' },
  codeHint: {
    vi: 'Các biến thể mang mã DD-21-001, DD-21-002, …',
    en: 'Variants are called DD-21-001, DD-21-002, …',
  },
  stemHint: {
    vi: 'Ghi số thay đổi là {plain}, cả trong công thức: {formula}. Dấu + trong ngoặc: ghi cả dấu.',
    en: 'Write changing numbers as {plain}, in formulas too: {formula}. A plus inside writes the sign.',
  },
  parameters: { vi: 'Tham số, mỗi dòng một tham số', en: 'Parameters, one on each line' },
  parametersHint: {
    vi: 'a: 1..20 hoặc b: 0,5..5; 0,5 (bước 0,5)',
    en: 'a: 1..20 or b: 0.5..5; 0.5 (step 0.5)',
  },
  derived: { vi: 'Giá trị tính thêm (không bắt buộc)', en: 'Derived values (optional)' },
  derivedHint: { vi: 'x = b - a', en: 'x = b - a' },
  constraints: { vi: 'Điều kiện (không bắt buộc)', en: 'Constraints (optional)' },
  constraintsHint: {
    vi: 'a < b hoặc gcd(a, b) = 1; dùng =, !=, <, <=, >, >=',
    en: 'a < b or gcd(a, b) = 1; with =, !=, <, <=, >, >=',
  },
  key: { vi: 'Công thức đáp án', en: 'Formula of the key' },
  keyHint: {
    vi: '+ - * / ^, ngoặc, abs, floor, ceil, round, mod, gcd, lcm, min, max',
    en: '+ - * / ^, brackets, abs, floor, ceil, round, mod, gcd, lcm, min, max',
  },
  distractors: {
    vi: 'Công thức phương án nhiễu, mỗi dòng một phương án',
    en: 'Formulas of distractors, one on each line',
  },
  decimals: { vi: 'Làm tròn đến (chữ số thập phân)', en: 'Rounded to (decimals)' },
  decimalsHint: { vi: 'Để trống: số đúng, không làm tròn', en: 'Empty: exact' },
  badLine: {
    vi: 'Dòng “{line}” không đọc được. Hãy ghi như ví dụ ở trên ô.',
    en: 'The line “{line}” cannot be read. Write it like the example above the field.',
  },
  variants: { vi: 'Biến thể', en: 'Variants' },
  none: {
    vi: 'Nhập phần dẫn, tham số và đáp án để xem các biến thể.',
    en: 'Enter stem, parameters and key to see the variants.',
  },
  which: { vi: 'Biến thể {n} trong {count}: {values}', en: 'Variant {n} of {count}: {values}' },
  previous: { vi: 'Biến thể trước', en: 'Previous variant' },
  next: { vi: 'Biến thể sau', en: 'Next variant' },
  make: { vi: 'Tạo {count} bản nháp', en: 'Make {count} drafts' },
  made: { vi: 'Đã tạo {count} bản nháp.', en: '{count} drafts were made.' },
});
