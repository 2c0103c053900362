import type { ASSEMBLY_DATA_ERRORS } from './errors-assembly-data.ts';

export const ASSEMBLY_DATA_MESSAGES = {
  'item-data-description': {
    vi: 'Đoạn dẫn đi theo câu hỏi của nó nên không có độ khó, thời gian hay nhóm loại trừ. Hãy xoá các mục này, chỉ giữ ngày.',
    en: 'A description comes with its questions, so it has no facility, time or enemy sets. Clear these and keep only the dates.',
  },
  'item-enemy-unnamed': {
    vi: 'Tên nhóm loại trừ “{set}” không có chữ hay số nào. Hãy đặt tên khác.',
    en: 'The name of the enemy set “{set}” has no letter or digit. Choose another name.',
  },
  'item-enemy-repeated': {
    vi: 'Nhóm loại trừ “{set}” trùng với “{first}”. Hãy giữ một tên.',
    en: 'The enemy set “{set}” is the same as “{first}”. Keep one of the names.',
  },
  'item-enemy-circular': {
    vi: 'Nhóm loại trừ “{set}” mang mã {code}, là chính câu này hoặc đoạn dẫn luôn đi cùng nó, nên câu sẽ loại trừ chính mình. Hãy đặt tên nhóm khác, ví dụ “chu kì con lắc”.',
    en: 'The enemy set “{set}” bears the code {code} of this question or of the description that always comes with it, so the question would exclude itself. Choose another name, such as “pendulum period”.',
  },
  'item-embargo-overlap': {
    vi: 'Đoạn dẫn {code} chưa được dùng trước {until}, mà câu này được dùng từ {own}. Hãy đổi ngày của câu thành {until} hoặc muộn hơn, hoặc để trống.',
    en: 'The description {code} may not be used before {until}, but this question from {own} on. Set its day to {until} or later, or leave it empty.',
  },
  'assembly-cell': {
    vi: 'Ô {cell} ghi “{text}”, không đọc được. Hãy ghi theo mẫu: {known}.',
    en: 'Cell {cell} says “{text}”, which cannot be read. Write it like this: {knownEn}.',
  },
} as const satisfies Record<keyof typeof ASSEMBLY_DATA_ERRORS | 'assembly-cell', { vi: string; en: string }>;
