import { defineWords } from './words.ts';

export const essayWords = defineWords({
  title: { vi: 'Chấm tự luận', en: 'Mark essays' },
  notClosed: {
    vi: 'Kỳ thi chưa kết thúc, chưa có bài để chấm',
    en: 'The exam has not closed, there is nothing to mark yet',
  },
  none: { vi: 'Kỳ thi này không có bài tự luận nào để chấm', en: 'This exam has no essay to mark' },
  toExam: { vi: 'Về kỳ thi', en: 'Back to the exam' },
  progress: { vi: 'Đã chấm {marked}/{total} bài', en: '{marked} of {total} marked' },
  anonymous: {
    vi: 'Bài không ghi tên và số báo danh; thứ tự các bài là ngẫu nhiên.',
    en: 'Essays carry no name and no number, and their order is random.',
  },
  list: { vi: 'Các bài', en: 'Essays' },
  essay: { vi: 'Bài {n}', en: 'Essay {n}' },
  words: { vi: '{n} từ', en: '{n} words' },
  marked: { vi: 'Đã chấm', en: 'Marked' },
  unmarked: { vi: 'Chưa chấm', en: 'Not marked' },
  text: { vi: 'Bài làm', en: 'The essay' },
  rubric: { vi: 'Tiêu chí chấm', en: 'Rubric' },
  pointsOf: { vi: '{title} (0–{max} điểm)', en: '{title} (0–{max} points)' },
  pointsWrong: {
    vi: 'Nhập số điểm từ 0 đến {max}, ví dụ 0,75',
    en: 'Enter points from 0 to {max}, such as 0.75',
  },
  comment: { vi: 'Nhận xét cho thí sinh (không bắt buộc)', en: 'Comment for the candidate (optional)' },
  save: { vi: 'Lưu điểm', en: 'Save the mark' },
  saved: { vi: 'Đã lưu điểm của bài {n}.', en: 'The mark of essay {n} is saved.' },
  graded: {
    vi: 'Kỳ thi đã chấm xong, điểm không sửa được nữa.',
    en: 'The exam has been graded; its marks stay as they are.',
  },
});
