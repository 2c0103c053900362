import { defineWords } from './words.ts';

export const mediaWords = defineWords({
  title: { vi: 'Âm thanh, video', en: 'Audio and video' },
  hint: {
    vi: 'Đứng đầu câu. MP3 (nên dùng), M4A, OGG, WAV, MP4 hoặc WebM, tối đa {mb} MB.',
    en: 'At the top of the question. MP3 (best), M4A, OGG, WAV, MP4 or WebM, up to {mb} MB.',
  },
  upload: { vi: 'Tải tệp lên', en: 'Upload a file' },
  uploading: { vi: 'Đã gửi {percent} %', en: '{percent} % sent' },
  reading: { vi: 'Đang đọc và mã hoá tệp', en: 'Reading and encrypting the file' },
  fromBank: { vi: 'Hoặc chọn tệp đã có trong ngân hàng', en: 'Or choose a file that the bank has' },
  none: { vi: 'Chọn tệp', en: 'Choose a file' },
  file: { vi: '{name} ({length})', en: '{name} ({length})' },
  number: { vi: 'Tệp {n}', en: 'File {n}' },
  name: { vi: 'Tên', en: 'Title' },
  nameHint: {
    vi: 'Thí sinh nhìn thấy tên này, trình đọc màn hình đọc tên này. Đừng để lộ đáp án.',
    en: 'Candidates see this, and screen readers say it. It should not tell the answer.',
  },
  plays: { vi: 'Số lần được nghe, xem', en: 'How often it may be played' },
  playsHint: {
    vi: 'Máy chủ đếm; khi có giới hạn thì không tua được. Để trống: không giới hạn.',
    en: 'The server counts; with a limit nobody can skip in it. Empty: as often as wanted.',
  },
  transcript: { vi: 'Lời thoại (không bắt buộc)', en: 'Transcript (optional)' },
  transcriptHint: {
    vi: 'Chỉ người soạn và người duyệt đọc được, thí sinh thì không.',
    en: 'For authors and reviewers only; no candidate sees it.',
  },
  remove: { vi: 'Bỏ khỏi câu', en: 'Take out of the question' },
  delete: { vi: 'Xoá khỏi ngân hàng', en: 'Delete from the bank' },
  unused: { vi: 'Chưa câu nào dùng', en: 'No question has used' },
});
