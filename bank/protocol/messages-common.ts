import type { MessageTable } from './message.ts';

export const COMMON_MESSAGES = {
  'invalid-input': {
    vi: 'Dữ liệu gửi lên không đúng ở {where}: {reason}. Hãy sửa rồi gửi lại.',
    en: 'What was sent is not right at {where}: {reason}. Correct it and send it again.',
  },
  'sign-in-required': {
    vi: 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
    en: 'Your session has ended. Sign in again.',
  },
  forbidden: {
    vi: 'Tài khoản của bạn không có quyền làm việc này. Hãy nhờ người quản trị cấp quyền.',
    en: 'Your account may not do this. Ask an administrator for the right.',
  },
  'not-found': {
    vi: 'Không tìm thấy nội dung này. Hãy kiểm tra lại đường dẫn.',
    en: 'This was not found. Check the address.',
  },
  conflict: {
    vi: 'Có người vừa thay đổi nội dung này. Hãy tải lại trang rồi làm lại.',
    en: 'Somebody has just changed this. Reload the page and try again.',
  },
  'too-large': {
    vi: 'Tệp quá lớn: tối đa {megabytes} MB. Hãy chia nhỏ tệp rồi gửi lại.',
    en: 'The file is too large: {megabytes} MB at most. Split it and send it again.',
  },
  'wrong-type': {
    vi: 'Kiểu dữ liệu gửi lên không được chấp nhận. Hãy tải lại trang rồi gửi lại; chương trình khác phải ghi đúng Content-Type.',
    en: 'This type of content is not accepted. Reload the page and send it again; other programs must set the right Content-Type.',
  },
  'too-many-requests': {
    vi: 'Thử quá nhiều lần. Hãy đợi {seconds} giây rồi thử lại.',
    en: 'Too many attempts. Wait {seconds} seconds and try again.',
  },
  'too-many-jobs': {
    vi: 'Đã có {max} việc lớn của bạn đang chạy. Hãy đợi một việc xong hoặc huỷ bớt, rồi làm lại.',
    en: 'You have {max} large pieces of work under way already. Wait until one is done, or cancel one, then try again.',
  },
  internal: {
    vi: 'Máy chủ gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo mã {incident} cho người quản trị.',
    en: 'The server met an error. Try again; if it stays, give the administrator the number {incident}.',
  },
  unavailable: {
    vi: 'Máy chủ tạm thời chưa thể ghi dữ liệu an toàn. Hãy thử lại sau ít phút.',
    en: 'The server cannot store data safely at the moment. Try again in a few minutes.',
  },
  'standby-missing': {
    vi: 'Kỳ thi này cần hai ổ đĩa, nhưng máy dự phòng đang mất liên lạc nên máy chủ chưa xác nhận được gì. Bài làm vẫn được giữ trên máy của thí sinh và tự gửi lại. Hãy báo người quản trị khởi động lại máy dự phòng (niem standby).',
    en: 'This exam needs two disks, and the standby is out of touch: nothing is confirmed until it is back. Answers are kept on the devices of the candidates and sent again by themselves. Tell the administrator to start the standby (niem standby).',
  },
} as const satisfies MessageTable;
