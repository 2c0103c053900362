import { defineWords } from './words.ts';

/** Words of the page around the report; those of the report itself are in `#bank/report`. */
export const reportWords = defineWords({
  title: { vi: 'Báo cáo công bằng của đề thi', en: 'Fairness report' },
  pdf: { vi: 'Tải báo cáo (PDF)', en: 'Report as PDF' },
  json: { vi: 'Tệp chứng nhận (JSON)', en: 'Certificate (JSON)' },
});
