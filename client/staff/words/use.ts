import { defineWords } from './words.ts';

/** How often and when a question was used, and what a matrix leaves out because of it. */
export const itemUseWords = defineWords({
  used: { vi: 'Đã dùng', en: 'Used' },
  usedValue: {
    vi: 'lần cuối {day}, {exams} bài thi, {papers} đề',
    en: 'last on {day}, exams: {exams}, papers: {papers}',
  },
  limits: { vi: 'Giới hạn dùng lại', en: 'Limits of use' },
  limitsHint: {
    vi: 'Để trống: không giới hạn. Tính các bài thi đã đóng (trừ luyện tập) và ngày dùng tác giả ghi; câu của bài thi khác bạn đã niêm phong mà chưa đóng cũng phải chờ.',
    en: 'Empty: no limit. Counted are exams that have closed (practice apart) and the day of use that authors gave; questions of other exams that you have sealed and that have not closed wait too.',
  },
  restDays: { vi: 'Nghỉ ít nhất, ngày', en: 'Rest at least, days' },
  maxPapers: { vi: 'Đã ở nhiều nhất, đề', en: 'Stood at most on, papers' },
});
