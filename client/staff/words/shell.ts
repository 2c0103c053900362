import { defineWords } from './words.ts';

export const shellWords = defineWords({
  product: { vi: 'Niêm', en: 'Niêm' },
  tagline: { vi: 'Thi trực tuyến có niêm phong', en: 'Sealed online exams' },
  skip: { vi: 'Đến nội dung', en: 'Skip to content' },
  menu: { vi: 'Mở danh mục', en: 'Open menu' },
  menuClose: { vi: 'Đóng danh mục', en: 'Close menu' },
  sections: { vi: 'Các mục', en: 'Sections' },
  home: { vi: 'Việc của tôi', en: 'My work' },
  banks: { vi: 'Ngân hàng câu hỏi', en: 'Question banks' },
  exams: { vi: 'Kỳ thi', en: 'Exams' },
  people: { vi: 'Nhân sự', en: 'People' },
  audit: { vi: 'Sổ niêm', en: 'Ledger' },
  signOut: { vi: 'Thoát', en: 'Sign out' },
  toEnglish: { vi: 'English', en: 'Tiếng Việt' },
  toDark: { vi: 'Nền tối', en: 'Dark' },
  toLight: { vi: 'Nền sáng', en: 'Light' },
  you: { vi: 'Bạn đang đăng nhập', en: 'You are signed in' },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
  noServer: {
    vi: 'Không kết nối được máy chủ. Hãy kiểm tra mạng rồi thử lại.',
    en: 'The server cannot be reached. Check the network and try again.',
  },
  again: { vi: 'Thử lại', en: 'Try again' },
  noPage: { vi: 'Không có trang này', en: 'There is no such page' },
  noPageHint: {
    vi: 'Đường dẫn có thể đã cũ, hoặc tài khoản của bạn không có quyền xem trang này.',
    en: 'The address may be old, or your account may not see this page.',
  },
  toHome: { vi: 'Về trang Việc của tôi', en: 'Go to My work' },
  pathLabel: { vi: 'Vị trí', en: 'Where you are' },
  cancel: { vi: 'Huỷ', en: 'Cancel' },
  goBack: { vi: 'Quay lại', en: 'Go back' },
  close: { vi: 'Đóng', en: 'Close' },
  more: { vi: 'Xem thêm', en: 'Show more' },
  pageBroke: { vi: 'Trang gặp lỗi', en: 'The page met an error' },
  pageBrokeHint: {
    vi: 'Dữ liệu trên máy chủ không bị ảnh hưởng. Hãy tải lại trang.',
    en: 'Nothing on the server is affected. Reload the page.',
  },
  reload: { vi: 'Tải lại trang', en: 'Reload the page' },
});

export const jobWords = defineWords({
  starting: { vi: 'Đang bắt đầu…', en: 'Starting…' },
  progress: { vi: '{done}/{total}', en: '{done} of {total}' },
  cancel: { vi: 'Dừng lại', en: 'Stop' },
  cancelled: { vi: 'Đã dừng. Chưa có gì thay đổi.', en: 'Stopped. Nothing was changed.' },
  lost: {
    vi: 'Không còn theo dõi được việc này (máy chủ đã khởi động lại). Hãy làm lại từ đầu.',
    en: 'This work can no longer be followed (the server was restarted). Start it again.',
  },
});
