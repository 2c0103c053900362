import type { MessageTable } from './message.ts';

export const IDENTITY_MESSAGES = {
  'wrong-credentials': {
    vi: 'Thông tin đăng nhập không đúng. Hãy kiểm tra lại từng ô rồi thử lại.',
    en: 'These sign-in details are not right. Check each field and try again.',
  },
  'second-sign-in': {
    vi: 'Thí sinh này đang đăng nhập ở máy khác từ {time}. Giám thị phải đồng ý thì mới vào được bằng máy này.',
    en: 'This candidate has been signed in on another device since {time}. The invigilator has to approve this one.',
  },
  'device-free': {
    vi: 'Không còn máy nào khác giữ bài thi này. Hãy bấm Vào thi lần nữa.',
    en: 'No other device has this attempt any more. Sign in once more.',
  },
  'device-refused': {
    vi: 'Giám thị không đồng ý cho làm bài ở máy này. Hãy dùng máy em đã vào thi, hoặc gọi giám thị.',
    en: 'The invigilator has not approved this device. Use the one you began on, or call the invigilator.',
  },
  'device-request-over': {
    vi: 'Yêu cầu đổi máy này đã hết hạn hoặc đã được quyết định. Nếu vẫn cần, hãy bấm Vào thi lần nữa ở máy mới.',
    en: 'This request to change the device has expired or has been decided on. If it is still needed, sign in once more on the new device.',
  },
  'exam-not-joinable': {
    vi: 'Kỳ thi này chưa mở đăng nhập hoặc đã kết thúc. Hãy hỏi giám thị.',
    en: 'This exam does not take sign-ins yet, or has ended. Ask the invigilator.',
  },
  'link-used': {
    vi: 'Đường dẫn này đã được dùng hoặc đã hết hạn. Hãy xin người quản trị một đường dẫn mới.',
    en: 'This link has been used or has expired. Ask the administrator for a new one.',
  },
  'login-taken': {
    vi: 'Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.',
    en: 'This sign-in name is taken. Choose another one.',
  },
  'own-account': {
    vi: 'Không ai tự đổi tài khoản của mình ở đây. Hãy nhờ một quản trị viên khác.',
    en: 'Nobody changes their own account here. Ask another administrator.',
  },
  'account-disabled': {
    vi: 'Tài khoản này đang bị khoá. Hãy mở khoá trước, rồi tạo đường dẫn.',
    en: 'This account is locked. Unlock it first, then make the link.',
  },
  'password-too-short': {
    vi: 'Mật khẩu cần ít nhất {min} ký tự. Một câu ngắn dễ nhớ là đủ.',
    en: 'The password needs at least {min} characters. A short sentence is enough.',
  },
  'password-too-long': {
    vi: 'Mật khẩu dài quá {max} byte. Hãy rút ngắn lại.',
    en: 'The password is longer than {max} bytes. Shorten it.',
  },
  'password-too-plain': {
    vi: 'Mật khẩu này quá dễ đoán (lặp lại, hoặc chứa tên đăng nhập). Hãy chọn câu khác.',
    en: 'This password is too easy to guess (repeated, or it holds the sign-in name). Choose another one.',
  },
  'sign-in-busy': {
    vi: 'Đang có rất nhiều người đăng nhập. Trang sẽ thử lại sau {seconds} giây.',
    en: 'Very many people are signing in. Try again in {seconds} seconds.',
  },
} as const satisfies MessageTable;
