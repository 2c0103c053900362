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
  'blueprint-branch-sum': {
    vi: 'Thí sinh chọn nhánh {branch} chỉ làm được {sum:mark} điểm, không bằng tổng đã khai {total:mark}. Hãy sửa điểm hoặc số câu của nhánh.',
    en: 'Candidates who choose {branch} can reach {sum:mark} points, not the declared {total:mark}. Correct the points or the counts of the branch.',
  },
  'blueprint-branch-unknown': {
    vi: 'Có phần thuộc nhánh {branch} nhưng ma trận không có nhánh này. Hãy chọn lại nhánh của phần.',
    en: 'A part belongs to the branch {branch}, which the matrix does not have. Choose the branch of the part again.',
  },
  'blueprint-branch-empty': {
    vi: 'Nhánh {branch} chưa có phần nào. Hãy thêm câu cho nhánh hoặc bỏ nhánh.',
    en: 'The branch {branch} has no part. Give it questions or remove it.',
  },
  'blueprint-row-repeated': {
    vi: 'Chủ đề {topic} có hai dòng mô tả. Hãy bỏ một dòng.',
    en: 'The topic {topic} is described in two rows. Remove one of them.',
  },
  'blueprint-scale-level': {
    vi: 'Thang mức độ phải xếp mức {level} vào đúng một cột. Hãy sửa thang mức độ.',
    en: 'The scale of levels must put {level} into exactly one column. Correct the scale.',
  },
  'blueprint-target-range': {
    vi: 'Mục tiêu từ {min} đến {max} không có giá trị nào. Hãy đặt mức thấp nhất không lớn hơn mức cao nhất.',
    en: 'No value is between {min} and {max}. Set the lowest value no higher than the highest.',
  },
  'blueprint-target-facility': {
    vi: 'Mục tiêu điểm dự kiến là {min}–{max}% số điểm, nhưng mọi đề rút được đều ở khoảng {from}–{to}%. Hãy đổi mục tiêu, mức độ các ô hoặc thêm câu.',
    en: 'Papers are to bring {min}–{max}% of the points, but all that can be drawn lie within {from}–{to}%. Change the target, the levels of the cells, or add questions.',
  },
  'blueprint-target-seconds': {
    vi: 'Mục tiêu thời gian là {min}–{max} phút, nhưng mọi đề rút được đều cần {from}–{to} phút. Hãy đổi mục tiêu, số câu hoặc thêm câu.',
    en: 'Papers are to take {min}–{max} minutes, but all that can be drawn take {from}–{to}. Change the target, the counts, or add questions.',
  },
  'blueprint-target-unknown': {
    vi: 'Có câu rút được chưa ghi thời gian làm bài dự kiến, nên không giữ được mục tiêu thời gian. Hãy nhập thời gian cho các câu của ma trận hoặc bỏ mục tiêu này.',
    en: 'A question that can be drawn tells no expected time, so the target of time cannot be kept. Give times to all questions of the matrix, or remove that target.',
  },
  'target-facility-unmet': {
    vi: 'Không lập đủ đề có mức điểm mong đợi {min}–{max}%: trung bình ngân hàng cho đề {mean}%. Hãy nới mục tiêu về phía {mean}%, hoặc thêm câu dễ hơn hay khó hơn cho các ô.',
    en: 'Hardly any paper is expected to bring {min}–{max}% of the points: on average those of this bank bring {mean}%. Widen the target towards {mean}%, or add easier or harder questions to the cells.',
  },
  'target-seconds-unmet': {
    vi: 'Không lập đủ đề làm trong {min}–{max} phút: trung bình ngân hàng cho đề {mean} phút. Hãy nới mục tiêu về phía {mean} phút, hoặc thêm câu ngắn hơn hay dài hơn cho các ô.',
    en: 'Hardly any paper takes {min}–{max} minutes: on average those of this bank take {mean}. Widen the target towards {mean} minutes, or add shorter or longer questions to the cells.',
  },
  'blueprint-statements-kind': {
    vi: 'Ô {cell} ghi mức độ từng ý nhưng không phải câu Đúng–Sai. Hãy bỏ mức độ từng ý.',
    en: 'Cell {cell} gives levels of statements but asks for no true/false clusters. Remove these levels.',
  },
  'blueprint-answer-too-many': {
    vi: 'Ô {cell} cho thí sinh chọn {answer} câu nhưng chỉ có {count} câu. Hãy giảm số câu phải làm.',
    en: 'Cell {cell} lets candidates answer {answer} of {count} questions. Ask them to answer fewer.',
  },
  'blueprint-format-unknown': {
    vi: 'Không có định dạng đề {format}. Hãy chọn lại định dạng.',
    en: 'There is no format {format}. Choose a format again.',
  },
  'blueprint-format-parts': {
    vi: 'Định dạng đề đã chọn có {need} phần, ma trận có {have} phần có câu hỏi. Hãy điền các phần còn lại hoặc bỏ định dạng.',
    en: 'The chosen format has {need} parts, and the matrix has questions in {have}. Fill the others or drop the format.',
  },
  'blueprint-format-branch': {
    vi: 'Theo định dạng đề đã chọn, phần {part} thuộc nhánh {branch}. Hãy chọn lại định dạng hoặc bỏ định dạng.',
    en: 'In the chosen format part {part} belongs to the branch {branch}. Choose the format again or drop it.',
  },
  'blueprint-format-part': {
    vi: 'Theo định dạng đề đã chọn, phần {part} gồm {need} câu, mỗi câu {points:mark} điểm; đang có {have} câu như vậy. Hãy sửa số câu hoặc bỏ định dạng.',
    en: 'In the chosen format part {part} has {need} questions of {points:mark} points each and no others; there are {have}. Correct the counts or drop the format.',
  },
  'blueprint-format-points': {
    vi: 'Theo định dạng đề đã chọn, phần {part} có {need:mark} điểm; đang là {have:mark}. Hãy sửa điểm hoặc bỏ định dạng.',
    en: 'In the chosen format part {part} is worth {need:mark} points; now it is {have:mark}. Correct the points or drop the format.',
  },
  'blueprint-passage-count': {
    vi: 'Ô {cell} có {count} câu, không chia hết cho {questions} câu của mỗi đoạn dẫn. Hãy đổi số câu của ô hoặc số câu mỗi đoạn.',
    en: 'Cell {cell} asks for {count} questions, which are no whole passages of {questions}. Change its count, or the questions of each passage.',
  },
  'blueprint-passages-none': {
    vi: 'Ô {cell} cần {need} đoạn dẫn nhưng ngân hàng không có đoạn dẫn nào dùng được. Hãy soạn và duyệt đoạn dẫn cùng các câu của nó (đoạn dẫn chưa đến ngày dùng không được tính), hoặc dùng ô thường.',
    en: 'Cell {cell} asks for {need} passages, but the bank has no description that may be used. Write and approve descriptions with questions (those under embargo do not count), or use an ordinary cell.',
  },
  'blueprint-passages-short': {
    vi: '{topic} × {kind} × {levels}: ô {cell} cần {need} đoạn dẫn, mỗi đoạn {questions} câu, có {have}. Hãy thêm câu cho đoạn dẫn, xem đoạn dẫn đã duyệt và đến ngày dùng chưa, hoặc bớt đoạn. Số câu ở các ô thiếu (có/cần): {list}.',
    en: '{topic} × {kindEn} × {levelsEn}: cell {cell} needs {need} passages of {questions} questions each, has {have}. Add questions to descriptions, see whether descriptions are approved and past their embargo, or ask for fewer passages. Questions of short cells (has/needs): {list}.',
  },
  'blueprint-targets-choice': {
    vi: 'Khi thí sinh được chọn câu hoặc nhánh, không đặt được mục tiêu độ khó và thời gian cho cả đề. Hãy bỏ mục tiêu, hoặc bỏ phần tự chọn.',
    en: 'Targets of difficulty and time hold for whole papers, so they cannot be kept where candidates choose what they answer. Drop the targets, or the choice.',
  },
  'blueprint-infeasible': {
    vi: 'Ngân hàng không đủ câu cho ô {cell}: cần {need}, có {have}. Các ô thiếu (có/cần): {list}. Hãy thêm câu hoặc giảm số câu.',
    en: 'The bank cannot fill cell {cell}: it needs {need} and has {have}. Short cells (has/needs): {list}. Add questions or ask for fewer.',
  },
  'blueprint-held': {
    vi: 'Ô {cell} cần {need} câu, hiện dùng được {have}; tạm giữ lại: {held}. Hãy chờ, nới giới hạn dùng lại, thêm câu hoặc giảm số câu.',
    en: 'Cell {cell} needs {need} questions and may use {have} now; held back: {heldEn}. Wait, loosen the limits of use, add questions or ask for fewer.',
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
