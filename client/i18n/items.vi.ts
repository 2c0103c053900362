import type { Translation } from './translate.ts';

/** Words inside a question, shared by the candidate's page and the author's preview. */
export const items = {
  yes: 'Đúng',
  no: 'Sai',
  answer: 'Câu trả lời',
  choose: 'Chọn…',
  entered: 'Em đã nhập:',
  notNumber: 'Chưa phải là một số. Ví dụ: −1,25',
  strike: 'Gạch bỏ {letter}',
  choices: 'Các ý để ghép',
} as const;

export type ItemTexts = Translation<typeof items>;
