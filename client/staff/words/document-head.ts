import { defineWords } from './words.ts';

/** What stands above an official document. */
export const documentHeadWords = defineWords({
  authority: { vi: 'Cơ quan chủ quản', en: 'Authority' },
  authorityHint: { vi: 'Sở Giáo dục và Đào tạo …', en: 'Department of Education and Training …' },
  school: { vi: 'Trường', en: 'School' },
});
