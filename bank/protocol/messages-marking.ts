import type { MARKING_ERRORS } from './errors-marking.ts';
import type { MessageTable } from './message.ts';

export const MARKING_MESSAGES = {
  'exam-not-closed': {
    vi: 'Kỳ thi chưa kết thúc nên chưa chấm được. Hãy chờ hết giờ, hoặc đóng kỳ thi rồi chấm.',
    en: 'The exam has not closed yet, so it cannot be graded. Wait for the deadline, or close it first.',
  },
  'exam-not-graded': {
    vi: 'Kỳ thi chưa được chấm. Hãy bấm “Chấm điểm” trước rồi xem hoặc công bố kết quả.',
    en: 'The exam has not been graded. Grade it first, then look at its results or release them.',
  },
  'late-undecided': {
    vi: 'Còn {count} bài có câu trả lời đến muộn chưa được quyết định. Hãy quyết định từng bài, hoặc đợi đến {until}: sau đó các câu ấy không được tính.',
    en: 'Late answers of {count} attempt(s) wait for a decision. Decide on each, or wait until {until}: from then on they are left out.',
  },
  'essays-unmarked': {
    vi: 'Còn {count} bài tự luận chưa chấm. Hãy chấm hết các bài tự luận rồi chấm điểm kỳ thi.',
    en: '{count} essay(s) have not been marked. Mark all essays, then grade the exam.',
  },
  'essay-points': {
    vi: 'Điểm không khớp với tiêu chí chấm. Hãy cho điểm mọi tiêu chí, mỗi tiêu chí không quá mức cao nhất của nó.',
    en: 'The points do not fit the rubric. Give points for every criterion, none above its highest level.',
  },
  'essay-mark-conflict': {
    vi: 'Bài này vừa được người khác chấm. Hãy tải lại bài, xem điểm mới rồi sửa nếu cần.',
    en: 'Somebody else has just marked this essay. Load it again, look at the new mark, then change it if needed.',
  },
  'result-not-released': {
    vi: 'Kết quả chưa được công bố. Hãy quay lại sau khi giáo viên công bố.',
    en: 'The results have not been released. Come back when the teacher has released them.',
  },
  'marking-policy-unknown': {
    vi: 'Kỳ thi dùng quy tắc chấm “{policy}” mà hệ thống này không có. Hãy cài phiên bản Niêm có quy tắc đó.',
    en: 'The exam is marked by the rules “{policy}”, which this installation lacks. Install a version that has them.',
  },
  'marking-unreadable': {
    vi: 'Không mở được dữ liệu cần để chấm ({record} {id}). Chưa có gì thay đổi; hãy báo người quản trị.',
    en: 'Something needed for grading cannot be opened ({record} {id}). Nothing was changed; tell the administrator.',
  },
  'marking-not-repeatable': {
    vi: 'Chấm hai lần cho hai kết quả khác nhau ở {count} bài. Chưa có điểm nào được ghi; hãy báo người quản trị.',
    en: 'Two runs of the grading differ for {count} attempt(s). No mark was published; tell the administrator.',
  },
} as const satisfies MessageTable & Record<keyof typeof MARKING_ERRORS, unknown>;
