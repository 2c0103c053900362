import type { MessageTable } from './message.ts';

export const BLUEPRINT_MESSAGES = {
  'blueprint-cell-repeated': {
    vi: 'Ma trận có hai ô cùng mã {cell}. Hãy đặt mã khác cho một ô.',
    en: 'Two cells of the matrix are called {cell}. Give one of them another name.',
  },
  'blueprint-stratum-repeated': {
    vi: 'Ô {cell} lặp lại ô {first}: cùng phần, chủ đề, mức độ, dạng câu và điểm. Hãy gộp thành một ô.',
    en: 'Cell {cell} repeats cell {first}: same part, topic, level, kind and points. Make one cell of them.',
  },
  'blueprint-description-cell': {
    vi: 'Ô {cell} chọn dạng "đoạn dẫn", dạng này không có điểm. Hãy chọn dạng câu hỏi khác.',
    en: 'Cell {cell} asks for descriptions, which carry no points. Choose a kind of question.',
  },
  'blueprint-list-too-short': {
    vi: 'Ô {cell} cần {need} câu nhưng danh sách chỉ có {have}. Hãy thêm câu vào danh sách hoặc giảm số câu.',
    en: 'Cell {cell} needs {need} questions but lists {have}. List more of them or ask for fewer.',
  },
  'blueprint-too-many-questions': {
    vi: 'Đề có {count} câu, tối đa là {max}. Hãy giảm số câu ở các ô.',
    en: 'The paper has {count} questions, {max} at most. Ask for fewer in the cells.',
  },
  'blueprint-points-sum': {
    vi: 'Tổng điểm các ô là {sum:mark}, không bằng tổng đã khai {total:mark}. Hãy sửa điểm hoặc số câu.',
    en: 'The cells add up to {sum:mark} points, not to the declared {total:mark}. Correct the points or the counts.',
  },
  'blueprint-infeasible': {
    vi: 'Ngân hàng không đủ câu cho ô {cell}: cần {need}, có {have}. Các ô thiếu (có/cần): {list}. Hãy thêm câu hoặc giảm số câu.',
    en: 'The bank cannot fill cell {cell}: it needs {need} and has {have}. Short cells (has/needs): {list}. Add questions or ask for fewer.',
  },
  'blueprint-too-tight': {
    vi: 'Các ô {cells} tranh nhau gần hết số câu nên không rút ngẫu nhiên công bằng được. Hãy thêm câu cho các ô này.',
    en: 'Cells {cells} compete for nearly all of their questions, so no fair draw is possible. Add questions for them.',
  },
  'papers-exhausted': {
    vi: 'Không đủ {count} đề khác nhau: sau {found} đề, mọi lần rút đều trùng. Hãy thêm câu hỏi vào ngân hàng.',
    en: 'There are not {count} different papers: after {found} every further draw repeats one. Add questions to the bank.',
  },
  'forms-overlap': {
    vi: 'Không lập được các mã đề trùng nhau tối đa {wanted} câu: ít nhất tìm được là {least}. Hãy cho trùng nhiều hơn, bớt mã đề hoặc thêm câu hỏi.',
    en: 'No forms were found that have at most {wanted} questions in common: the least was {least}. Allow more, make fewer forms or add questions.',
  },
  'forms-uses': {
    vi: 'Ở ô {cells}, một câu sẽ phải dùng trong {uses} mã đề, nhiều hơn mức {most} cho phép. Hãy thêm câu hỏi vào ngân hàng, bớt mã đề hoặc tăng mức cho phép.',
    en: 'In the cells {cells} a question would have to stand on {uses} forms, and {most} are allowed. Add questions to the bank, make fewer forms, or allow more.',
  },
  'stimulus-missing': {
    vi: 'Câu {item} thuộc một đoạn dẫn chưa được duyệt. Hãy duyệt đoạn dẫn rồi làm lại.',
    en: 'Question {item} belongs to a description that is not approved. Approve the description and try again.',
  },
} as const satisfies MessageTable;
