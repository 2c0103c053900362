import type { SOLVER_ERRORS } from './errors-solver.ts';

export const SOLVER_MESSAGES = {
  'blueprint-enemies': {
    vi: 'Ô {stratum} cần {need} câu, có {have}, trong đó {blocked} câu bị nhóm loại trừ {sets} chặn. Các ô thiếu (được/cần): {list}. Hãy thêm câu ngoài nhóm này, hoặc giảm số câu.',
    en: 'Cell {stratumEn} needs {need} questions and has {have}, of which {blocked} are blocked by enemy set {sets}. Short cells (gets/needs): {list}. Add questions outside that set, or ask for fewer.',
  },
  'form-shortage': {
    vi: 'Không lập được đề thứ {form}: còn thiếu tổng cộng {missing} câu, trước hết ở {where}. Hãy thêm câu, giảm số câu ở đó, bớt mã đề hoặc cho một câu dùng trong nhiều mã đề hơn.',
    en: 'Form {form} cannot be made: {missing} questions are missing altogether, first of all at {where}. Add questions, ask for fewer there, make fewer forms, or let a question stand on more of them.',
  },
  'form-bound': {
    vi: 'Đủ câu, nhưng đề thứ {form} không giữ được: {list}. Hãy nới các mức này, thêm câu, hoặc bớt mã đề.',
    en: 'There are questions enough, but form {form} cannot keep these limits: {listEn}. Move them, add questions, or make fewer forms.',
  },
  'form-time': {
    vi: 'Chưa tìm được đề thứ {form} trong thời gian cho phép. Hãy thêm câu, bớt mã đề, cho trùng nhiều hơn hoặc nới mục tiêu.',
    en: 'Form {form} was not found in the time given. Add questions, make fewer forms, allow more questions in common, or widen the targets.',
  },
} as const satisfies Record<keyof typeof SOLVER_ERRORS, { vi: string; en: string }>;
