import type { BANKS_ERRORS } from './errors-banks.ts';
import type { Language } from './message.ts';

/** The sentence of `topic-unknown` is that of imports. */
export const BANKS_MESSAGES = {
  'bank-role-missing': {
    vi: 'Trong ngân hàng này bạn chưa có vai trò cần thiết. Hãy nhờ người quản lí ngân hàng thêm vai trò cho bạn.',
    en: 'You do not have the role this needs in the bank. Ask a manager of the bank to give it to you.',
  },
  'bank-last-manager': {
    vi: 'Ngân hàng phải còn ít nhất một người quản lí. Hãy giao vai trò quản lí cho người khác trước.',
    en: 'A bank must keep at least one manager. Make somebody else a manager first.',
  },
  'topic-in-use': {
    vi: 'Chủ đề “{topic}” đang có câu hỏi nên không bỏ được. Hãy chuyển các câu đó sang chủ đề khác trước.',
    en: 'The topic “{topic}” has questions and cannot be removed. Move them to another topic first.',
  },
  'item-invalid': {
    vi: 'Câu hỏi không đúng cấu trúc ở {where}. Hãy sửa rồi lưu lại.',
    en: 'The question does not have the right structure at {where}. Correct it and save again.',
  },
  'item-changed': {
    vi: 'Có người vừa lưu một phiên bản khác của câu này. Hãy tải lại câu hỏi rồi sửa tiếp.',
    en: 'Somebody has just saved another version of this question. Reload it and edit again.',
  },
  'item-too-large': {
    vi: 'Câu hỏi nặng hơn {megabytes} MB nên máy thí sinh không mở được. Hãy nhờ tác giả thu nhỏ ảnh hoặc bớt công thức, rồi gửi duyệt lại.',
    en: 'The question takes more than {megabytes} MB, which a candidate’s device does not open. Ask its author to make pictures smaller or to use fewer formulas, and to send it again.',
  },
  'item-kind-fixed': {
    vi: 'Câu {code} đã là dạng {kind}; không đổi dạng được. Hãy tạo câu mới với mã khác.',
    en: 'Question {code} is of kind {kind} and cannot become another. Make a new question with another code.',
  },
  'item-code-taken': {
    vi: 'Mã câu “{code}” đã có trong ngân hàng. Hãy đặt mã khác.',
    en: 'The code “{code}” is taken in this bank. Choose another one.',
  },
  'item-stimulus-unknown': {
    vi: 'Không thấy đoạn dẫn được chọn trong ngân hàng này. Hãy chọn lại đoạn dẫn.',
    en: 'The description chosen is not in this bank. Choose it again.',
  },
  'item-not-draft': {
    vi: 'Chỉ gửi duyệt được bản nháp. Hãy lưu thành bản nháp mới rồi gửi duyệt.',
    en: 'Only a draft can be sent for review. Save a new draft and send that.',
  },
  'item-not-in-review': {
    vi: 'Câu này chưa được gửi duyệt. Hãy nhờ tác giả gửi duyệt trước.',
    en: 'This question has not been sent for review. Ask its author to do so first.',
  },
  'item-not-latest': {
    vi: 'Đã có phiên bản {latest} mới hơn. Hãy xem và xử lí phiên bản mới nhất.',
    en: 'There is a newer version, {latest}. Look at that one instead.',
  },
  'item-in-use': {
    vi: 'Đoạn dẫn này đang được {count} câu đã duyệt sử dụng. Hãy ngừng dùng các câu đó trước.',
    en: 'This description belongs to {count} approved question(s). Retire those first.',
  },
  'own-item': {
    vi: 'Trong ngân hàng chung, không ai được duyệt câu mình soạn. Hãy nhờ người khác duyệt.',
    en: 'In a shared bank nobody approves their own question. Ask somebody else to review it.',
  },
  'stimulus-not-approved': {
    vi: 'Đoạn dẫn “{code}” của câu này chưa được duyệt. Hãy duyệt đoạn dẫn trước.',
    en: 'The description “{code}” of this question is not approved. Approve it first.',
  },
  'import-not-ready': {
    vi: 'Tệp vẫn đang được đọc hoặc không đọc được. Hãy đợi, hoặc gửi lại tệp.',
    en: 'The file is still being read, or could not be read. Wait, or send it again.',
  },
  'import-too-slow': {
    vi: 'Tệp quá phức tạp, đọc quá lâu nên đã dừng. Hãy chép các ô có dữ liệu sang tệp mới, hoặc chia nhỏ tệp.',
    en: 'The file takes too long to read and was given up. Copy the filled cells to a new file, or split it.',
  },
  'media-type': {
    vi: 'Tệp này không phải âm thanh hay video dùng được. Hãy lưu thành MP3, M4A, OGG, WAV, MP4 hoặc WebM rồi tải lên lại.',
    en: 'This is no audio or video that can be used. Save it as MP3, M4A, OGG, WAV, MP4 or WebM and upload it again.',
  },
  'media-damaged': {
    vi: 'Tệp âm thanh hoặc video bị hỏng nên không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên lần nữa.',
    en: 'The audio or video is damaged and cannot be read. Try to play it, save it anew and upload it again.',
  },
  'media-length': {
    vi: 'Không biết tệp dài bao lâu, hoặc tệp dài hơn {minutes} phút. Hãy lưu lại thành MP3 hoặc MP4, hoặc cắt ngắn, rồi tải lên lần nữa.',
    en: 'The file does not tell how long it is, or is longer than {minutes} minutes. Save it as MP3 or MP4, or cut it, and upload it again.',
  },
  'media-in-use': {
    vi: 'Đã có câu hỏi dùng tệp này nên không xoá được: các phiên bản cũ của câu hỏi vẫn cần tệp.',
    en: 'A question has used this file, so it cannot be deleted: older versions of questions still need it.',
  },
  'export-empty': {
    vi: 'Ngân hàng chưa có câu nào được duyệt để xuất. Hãy duyệt câu hỏi trước.',
    en: 'The bank has no approved question to export. Approve questions first.',
  },
} as const satisfies Record<Exclude<keyof typeof BANKS_ERRORS, 'topic-unknown'>, Record<Language, string>>;
