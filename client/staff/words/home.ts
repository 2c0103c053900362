import { defineWords } from './words.ts';

export const homeWords = defineWords({
  title: { vi: 'Việc của tôi', en: 'My work' },
  greeting: { vi: 'Xin chào {name}.', en: 'Hello {name}.' },
  nothing: { vi: 'Hiện không có việc nào chờ bạn', en: 'Nothing is waiting for you' },
  exams: { vi: 'Kỳ thi', en: 'Exams' },
  allExams: { vi: 'Tất cả kỳ thi', en: 'All exams' },
  banks: { vi: 'Câu hỏi', en: 'Questions' },
  allBanks: { vi: 'Tất cả ngân hàng', en: 'All banks' },
  next: { vi: 'Tiếp theo: {step}', en: 'Next: {step}' },
  waitingFor: { vi: 'Chờ người khác: {step}', en: 'Waiting for others: {step}' },
  drafts: { vi: '{n} bản nháp chờ gửi duyệt', en: '{n} drafts to be sent for review' },
  returned: { vi: '{n} câu được trả lại để sửa', en: '{n} questions returned for changes' },
  toReview: { vi: '{n} câu chờ bạn duyệt', en: '{n} questions waiting for your review' },
  begin: { vi: 'Bắt đầu', en: 'Getting started' },
  beginBank: {
    vi: 'Tạo ngân hàng câu hỏi rồi nhập câu từ tệp Excel.',
    en: 'Create a question bank and import questions from an Excel file.',
  },
  createBank: { vi: 'Tạo ngân hàng', en: 'Create a bank' },
  beginExam: {
    vi: 'Khi có câu hỏi đã duyệt, tạo kỳ thi và lập ma trận.',
    en: 'Once questions are approved, create an exam and make its matrix.',
  },
  createExam: { vi: 'Tạo kỳ thi', en: 'Create an exam' },
  beginPeople: {
    vi: 'Mời giáo viên, người thẩm định và giám thị; mỗi người một đường dẫn dùng một lần.',
    en: 'Invite teachers, reviewers and invigilators; each gets a one-time link.',
  },
  invite: { vi: 'Mời người', en: 'Invite people' },
  noExams: {
    vi: 'Chưa có kỳ thi nào. Khi giáo viên niêm phong đề, bạn mở kỳ thi từ đây.',
    en: 'There is no exam yet. When a teacher has sealed one, you start it from here.',
  },
});
