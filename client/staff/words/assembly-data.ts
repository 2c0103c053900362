import { defineWords } from './words.ts';

export const assemblyDataWords = defineWords({
  title: { vi: 'Cho việc ghép đề', en: 'For assembly' },
  hint: {
    vi: 'Không bắt buộc. Nhờ các mục này, đề của mọi thí sinh khó và dài như nhau. Thí sinh không bao giờ thấy.',
    en: 'Optional. It lets every candidate’s paper be equally hard and equally long. Candidates never see it.',
  },
  facility: { vi: 'Tỉ lệ đúng dự kiến (%)', en: 'Expected share of points (%)' },
  facilityHint: { vi: 'Để trống: theo mức độ', en: 'Empty: as usual for the level' },
  seconds: { vi: 'Thời gian dự kiến (giây)', en: 'Expected time (seconds)' },
  enemies: { vi: 'Nhóm loại trừ', en: 'Enemy sets' },
  enemiesHint: {
    vi: 'Các câu cùng nhóm không vào chung một đề. Gõ tên nhóm rồi nhấn Enter.',
    en: 'Questions of one set never share a paper. Type a name and press Enter.',
  },
  embargoUntil: { vi: 'Không dùng trước ngày', en: 'Not to be used before' },
  lastUsed: { vi: 'Dùng lần cuối', en: 'Last used' },
  information: { vi: 'Thông tin tại −1; 0; +1', en: 'Information at −1; 0; +1' },
  secondsValue: { vi: '{n} giây', en: '{n} s' },
});
