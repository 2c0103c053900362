import type { DELIVERY_ERRORS } from './errors-delivery.ts';
import type { Language } from './message.ts';

export const DELIVERY_MESSAGES = {
  'not-joined': {
    vi: 'Máy này chưa vào bài thi. Trang sẽ tự kết nối lại rồi gửi tiếp.',
    en: 'This device has not joined the exam. The page connects again and sends on by itself.',
  },
  'not-started': {
    vi: 'Giờ làm bài chưa bắt đầu. Hãy đợi giám thị mở bài thi.',
    en: 'The exam has not begun. Wait until the invigilator opens it.',
  },
  'attempt-paused': {
    vi: 'Giám thị đã dừng đồng hồ. Câu trả lời còn giữ trên máy này và được gửi khi bài thi tiếp tục.',
    en: 'The invigilator has stopped the clock. Answers stay on this device and are sent when the exam goes on.',
  },
  superseded: {
    vi: 'Bài thi đang mở ở máy khác. Câu trả lời gửi từ máy này được giữ lại để giám thị quyết định.',
    en: 'The exam is open on another device. Answers from this one are held for the invigilator to decide.',
  },
  'already-submitted': {
    vi: 'Bài đã được nộp. Câu trả lời gửi sau đó được giữ lại để giám thị quyết định.',
    en: 'The exam has been handed in. Answers sent afterwards are held for the invigilator to decide.',
  },
  'after-deadline': {
    vi: 'Đã hết giờ làm bài. Câu trả lời đến sau giờ được giữ lại để giám thị quyết định.',
    en: 'The time is over. Answers that arrived afterwards are held for the invigilator to decide.',
  },
  'attempt-terminated': {
    vi: 'Giám thị đã kết thúc bài thi này. Câu trả lời đến sau được giữ lại để giám thị quyết định.',
    en: 'The invigilator has ended this attempt. Answers that arrived afterwards are held for the invigilator to decide.',
  },
  'section-over': {
    vi: 'Phần thi này đã kết thúc. Câu trả lời đến sau được giữ lại để giám thị quyết định.',
    en: 'This section is over. Answers that arrived afterwards are held for the invigilator to decide.',
  },
  'section-not-begun': {
    vi: 'Phần thi này chưa bắt đầu. Hãy làm các phần theo thứ tự.',
    en: 'This section has not begun. Take the sections in their order.',
  },
  'section-last': {
    vi: 'Đây là phần thi cuối cùng. Hãy nộp bài khi làm xong.',
    en: 'This is the last section. Hand in when you have finished.',
  },
  'no-such-slot': {
    vi: 'Đề thi không có câu số {number}, hoặc câu này không cần trả lời. Hãy tải lại trang.',
    en: 'The paper has no question {number}, or it takes no answer. Reload the page.',
  },
  'no-such-media': {
    vi: 'Đề thi không có tệp âm thanh hoặc video này. Hãy tải lại trang.',
    en: 'The paper does not have this audio or video. Reload the page.',
  },
  'plays-used': {
    vi: 'Đã dùng hết {plays} lần nghe. Hãy trả lời theo những gì đã nghe; nếu máy bị lỗi khi phát, hãy báo giám thị.',
    en: 'All {plays} plays have been used. Answer from what you have heard; if the device failed, tell the invigilator.',
  },
  'play-over': {
    vi: 'Lần nghe này đã kết thúc nên không nghe tiếp được. Nếu còn lần nghe, hãy bấm nghe lại từ đầu.',
    en: 'This play is over and cannot go on. If any play is left, start again from the beginning.',
  },
  'wrong-answer-form': {
    vi: 'Câu trả lời của câu số {number} không đúng dạng của câu hỏi. Hãy tải lại trang rồi trả lời lại.',
    en: 'The answer to question {number} does not have the form of the question. Reload and answer again.',
  },
  'sequence-conflict': {
    vi: 'Số thứ tự {seq} đã được dùng cho câu trả lời khác. Hãy tải lại trang; bài đã lưu vẫn còn.',
    en: 'Number {seq} was already used for another answer. Reload the page; what was saved is still there.',
  },
  'sequence-too-far': {
    vi: 'Thiếu các câu trả lời trước số thứ tự {seq}. Hãy tải lại trang để gửi lại từ đầu.',
    en: 'Answers before number {seq} are missing. Reload the page to send them again.',
  },
  'attempt-full': {
    vi: 'Bài này đã ghi hơn {megabytes} MB câu trả lời và không ghi thêm được; bài đã lưu vẫn còn. Hãy báo giám thị.',
    en: 'This attempt holds more than {megabytes} MB of answers and takes no more; what was saved is still there. Tell the invigilator.',
  },
  'essay-too-long': {
    vi: 'Bài viết dài hơn {kilobytes} KB nên không lưu được. Hãy rút ngắn bài; phần đã lưu trước đó vẫn còn.',
    en: 'The essay is longer than {kilobytes} KB and cannot be saved. Shorten it; what was saved before is still there.',
  },
  'chunks-missing': {
    vi: 'Bài viết số {seq} chưa đến đủ: có {received} trên {count} phần. Hãy gửi lại mọi phần rồi lưu lần nữa.',
    en: 'Answer {seq} has not arrived whole: {received} of {count} chunks are here. Send all chunks again, then save.',
  },
  'chunks-do-not-fit': {
    vi: 'Các phần của bài viết số {seq} không khớp với mã kiểm tra. Hãy gửi lại mọi phần rồi lưu lần nữa.',
    en: 'The chunks of answer {seq} do not give what its hash says. Send all chunks again, then save.',
  },
  'chunks-too-many': {
    vi: 'Quá nhiều bài viết đang gửi dở. Hãy gửi xong một bài rồi mới gửi bài tiếp theo.',
    en: 'Too many answers have been sent in part. Send one answer whole before the next is begun.',
  },
  'too-many-devices': {
    vi: 'Bài thi đã được chuyển máy {max} lần, không mở thêm được. Hãy quay lại máy trước, hoặc báo giám thị.',
    en: 'The exam has changed its device {max} times and opens on no other. Go back to the last one, or tell the invigilator.',
  },
  'joining-busy': {
    vi: 'Rất nhiều thí sinh đang vào cùng lúc. Trang sẽ tự vào lại sau {seconds} giây; bài đã lưu không mất.',
    en: 'Very many candidates are coming in at once. The page comes back in {seconds} seconds; nothing saved is lost.',
  },
  'answers-missing': {
    vi: 'Còn câu trả lời chưa gửi xong (mới nhận đến số {watermark}). Trang sẽ gửi nốt rồi nộp bài.',
    en: 'Some answers have not arrived yet (received up to {watermark}). They are sent first, then handed in.',
  },
  'illegal-transition': {
    vi: 'Bài thi đang ở trạng thái "{state}" nên không làm được việc này. Hãy tải lại trang.',
    en: 'The attempt is in state "{state}", which does not allow this. Reload the page.',
  },
  'late-decided': {
    vi: 'Đã có người quyết định về các câu trả lời muộn này. Hãy tải lại danh sách để xem phần còn lại.',
    en: 'Somebody has already decided on these late answers. Load the list again to see what is left.',
  },
  'late-graded': {
    vi: 'Bài đã được chấm nên không quyết định về câu trả lời muộn được nữa; các câu ấy vẫn được lưu.',
    en: 'The exam has been graded, so late answers can no longer be decided on; they stay on the record.',
  },
  'late-no-outage': {
    vi: 'Máy chủ không ghi nhận mất kết nối nào nên các câu trả lời muộn này không được tính vào bài. Hãy chọn “Không tính”.',
    en: 'The server has no record of a lost connection, so these late answers cannot count. Leave them out.',
  },
  'ticket-invalid': {
    vi: 'Vé kết nối đã dùng hoặc đã hết hạn. Trang sẽ xin vé mới.',
    en: 'The connection ticket was used or has expired. The page asks for a new one.',
  },
  'ticket-superseded': {
    vi: 'Một máy khác đã mở bài thi sau khi trang xin vé kết nối này. Trang sẽ xin vé mới.',
    en: 'Another device has opened the exam since the page asked for this ticket. The page asks for a new one.',
  },
  'exam-not-sealed': {
    vi: 'Kỳ thi đang ở trạng thái "{state}" nên chưa mở hay huỷ được. Chỉ mở hoặc huỷ được kỳ thi đã niêm phong và chưa mở.',
    en: 'The exam is in state "{state}" and cannot be opened or cancelled. That is possible once it is sealed, until it is opened.',
  },
  'exam-cancelled': {
    vi: 'Kỳ thi này đã bị huỷ và không diễn ra. Hãy hỏi giám thị hoặc nhà trường về lịch thi mới.',
    en: 'This exam was cancelled and will not be held. Ask the invigilator or your school for a new date.',
  },
} as const satisfies Record<keyof typeof DELIVERY_ERRORS, Record<Language, string>>;
