import { defineWords } from './words.ts';

export const sessionWords = defineWords({
  title: { vi: 'Đăng nhập', en: 'Sign in' },
  again: { vi: 'Đăng nhập lại', en: 'Sign in again' },
  againHint: {
    vi: 'Phiên làm việc đã hết. Đăng nhập lại để làm tiếp; những gì bạn đang nhập vẫn còn.',
    en: 'Your session has ended. Sign in to go on; what you were entering is still there.',
  },
  login: { vi: 'Tên đăng nhập', en: 'Sign-in name' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  show: { vi: 'Hiện mật khẩu', en: 'Show password' },
  submit: { vi: 'Đăng nhập', en: 'Sign in' },
  forgotten: {
    vi: 'Chưa có tài khoản, hoặc quên mật khẩu? Người quản trị tạo cho bạn một đường dẫn dùng một lần.',
    en: 'No account yet, or forgot the password? An administrator makes you a one-time link.',
  },
  candidate: { vi: 'Thí sinh vào thi ở đây', en: 'Candidates enter here' },

  joinTitle: { vi: 'Tạo tài khoản', en: 'Create your account' },
  joinAs: { vi: 'Đường dẫn này tạo tài khoản: {roles}.', en: 'This link creates an account as: {roles}.' },
  joinOnce: {
    vi: 'Đường dẫn chỉ dùng được một lần.',
    en: 'The link works once only.',
  },
  name: { vi: 'Họ và tên', en: 'Full name' },
  nameHint: {
    vi: 'Tên này hiện trong danh sách nhân sự.',
    en: 'It is shown in the list of people.',
  },
  loginHint: { vi: 'Ít nhất 3 ký tự, ví dụ: lan.nguyen', en: 'At least 3 characters, such as: lan.nguyen' },
  newPassword: { vi: 'Mật khẩu mới', en: 'New password' },
  passwordHint: {
    vi: 'Ít nhất 15 ký tự. Một câu ngắn dễ nhớ là tốt nhất; không cần ký tự đặc biệt.',
    en: 'At least 15 characters. A short sentence is best; no special characters needed.',
  },
  create: { vi: 'Tạo tài khoản', en: 'Create account' },
  passwordTitle: { vi: 'Đặt mật khẩu mới', en: 'Set a new password' },
  passwordFor: {
    vi: 'Đường dẫn này đặt mật khẩu mới cho tài khoản của {name}. Những máy khác đang đăng nhập tài khoản này sẽ bị đăng xuất.',
    en: 'This link sets a new password for the account of {name}. Other devices signed in to it are signed out.',
  },
  setPassword: { vi: 'Đặt mật khẩu', en: 'Set the password' },
  meter: { vi: 'Độ dài mật khẩu', en: 'Length of the password' },
  missing: { vi: 'Còn thiếu {n} ký tự', en: '{n} more characters needed' },
  tooPlain: {
    vi: 'Dễ đoán: lặp lại ít chữ, hoặc chứa tên đăng nhập',
    en: 'Easy to guess: few different letters, or it holds the sign-in name',
  },
  good: { vi: 'Đủ dài', en: 'Long enough' },
  strong: { vi: 'Rất tốt', en: 'Very good' },
  linkBroken: { vi: 'Đường dẫn không dùng được', en: 'The link cannot be used' },
  toSignIn: { vi: 'Đến trang đăng nhập', en: 'Go to sign-in' },
});
