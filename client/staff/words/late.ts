import type { HeldCode } from '#bank/protocol';
import { defineWords } from './words.ts';

export const lateWords = defineWords({
  title: { vi: 'Câu trả lời đến muộn', en: 'Late answers' },
  waits: {
    vi: 'Các câu này đã được giữ lại và chưa tính vào bài. Việc chấm đợi quyết định của bạn đến {time}; sau đó phần chưa quyết định không được tính.',
    en: 'These answers are held and count for nothing yet. Grading waits for your decision until {time}; what is undecided then is left out.',
  },
  over: {
    vi: 'Việc chấm không đợi nữa: khi chấm, phần chưa quyết định không được tính. Trước lúc đó bạn vẫn quyết định được.',
    en: 'Grading waits no longer: it leaves out what is undecided. Until it begins you can still decide.',
  },
  graded: {
    vi: 'Các câu này đến sau khi đã chấm: vẫn được giữ lại nhưng không tính vào điểm.',
    en: 'These answers came after the grading: they are kept, and count for nothing.',
  },
  branch: { vi: 'lựa chọn nhánh', en: 'the choice of a branch' },
  count: { vi: '{n} câu trả lời, ở câu {slots}', en: '{n} answers, to questions {slots}' },
  at: { vi: 'đến lúc {time}', en: 'arrived at {time}' },
  between: { vi: 'đến từ {from} đến {to}', en: 'arrived between {from} and {to}' },
  reason: { vi: 'Lí do quyết định cho {name}', en: 'Reason for the decision on {name}' },
  reasonHint: {
    vi: 'Ít nhất 3 ký tự. Lí do được niêm cùng bài làm, dưới tên bạn.',
    en: 'At least 3 characters. It is sealed with the answers, under your name.',
  },
  noOutage: {
    vi: 'Máy chủ không ghi nhận mất kết nối nào nên các câu này không được tính vào bài.',
    en: 'The server has no record of a lost connection, so these answers cannot count.',
  },
  countGo: { vi: 'Tính vào bài', en: 'Count them' },
  countOf: { vi: 'Tính vào bài: {name}', en: 'Count them: {name}' },
  leaveOut: { vi: 'Không tính', en: 'Leave out' },
  leaveOutOf: { vi: 'Không tính: {name}', en: 'Leave out: {name}' },
  counted: { vi: 'Đã tính câu trả lời muộn của {name}.', en: 'The late answers of {name} count.' },
  leftOut: {
    vi: 'Không tính câu trả lời muộn của {name}.',
    en: 'The late answers of {name} are left out.',
  },
});

/** Why answers were held. */
export const heldNames = defineWords({
  'after-deadline': { vi: 'đến sau giờ làm bài', en: 'after the end' },
  'already-submitted': { vi: 'đến sau khi nộp bài', en: 'after the hand-in' },
  'attempt-terminated': { vi: 'đến sau khi bị dừng thi', en: 'after the attempt was ended' },
  'section-over': { vi: 'đến sau khi phần thi kết thúc', en: 'after the end of the section' },
  superseded: { vi: 'từ máy đã được thay', en: 'from a device that was replaced' },
} satisfies Record<HeldCode, unknown>);
