import type { ITEM_ERRORS } from './errors-item.ts';

export const ITEM_MESSAGES = {
  'item-stem-empty': {
    vi: 'Câu hỏi chưa có phần dẫn. Hãy nhập nội dung câu hỏi.',
    en: 'The question has no stem. Enter the text of the question.',
  },
  'item-options-too-few': {
    vi: 'Câu hỏi có {count} phương án, cần ít nhất 2. Hãy thêm phương án.',
    en: 'The question has {count} option(s) and needs at least 2. Add options.',
  },
  'item-option-no-number': {
    vi: 'Phương án “{part}” không bắt đầu bằng số nên không xếp theo số được. Hãy sửa, cho phương án này giữ chỗ, hoặc bỏ xếp theo số.',
    en: 'Option “{part}” does not begin with a number and cannot be sorted. Change it, pin it, or do not sort the options.',
  },
  'item-part-empty': {
    vi: 'Phần “{part}” để trống. Hãy nhập nội dung hoặc xoá phần này.',
    en: 'Part “{part}” is empty. Enter its text or remove it.',
  },
  'item-part-repeated': {
    vi: 'Ký hiệu “{part}” được dùng cho hai phần. Hãy đặt ký hiệu khác cho một phần.',
    en: 'The label “{part}” is used for two parts. Give one of them another label.',
  },
  'item-part-duplicate': {
    vi: 'Phần “{part}” giống hệt phần “{first}”. Hãy sửa hoặc xoá một trong hai.',
    en: 'Part “{part}” reads the same as part “{first}”. Change or remove one of them.',
  },
  'item-key-missing': {
    vi: 'Câu hỏi chưa có đáp án. Hãy nhập đáp án đúng.',
    en: 'The question has no answer key. Enter the right answer.',
  },
  'item-key-unknown-part': {
    vi: 'Đáp án ghi “{part}” nhưng câu hỏi không có phần đó. Hãy sửa đáp án hoặc thêm phần này.',
    en: 'The key names “{part}”, which the question does not have. Correct the key or add that part.',
  },
  'item-choice-several-keys': {
    vi: 'Câu một lựa chọn có {count} đáp án đúng. Hãy giữ một đáp án, hoặc đổi sang loại nhiều đáp án đúng.',
    en: 'A single-choice question has {count} right answers. Keep one, or make it a multiple-response question.',
  },
  'item-cluster-size': {
    vi: 'Câu đúng–sai có {count} ý, cần đúng 4 ý. Hãy thêm hoặc bớt ý.',
    en: 'The true/false question has {count} statement(s) and needs exactly 4. Add or remove statements.',
  },
  'item-cluster-unjudged': {
    vi: 'Ý “{part}” chưa có đáp án Đúng hay Sai. Hãy ghi đáp án cho ý này.',
    en: 'Statement “{part}” has no key. Say whether it is true or false.',
  },
  'item-numeric-key': {
    vi: 'Đáp án “{value}” không phải là số. Hãy ghi số thập phân, ví dụ 3,14 hoặc -0.5.',
    en: 'The key “{value}” is not a number. Write a decimal number such as 3.14 or -0,5.',
  },
  'item-numeric-tolerance': {
    vi: 'Sai số “{value}” không phải là số không âm. Hãy ghi ví dụ 0,01 hoặc 2%, hoặc để trống.',
    en: 'The tolerance “{value}” is not a number of at least 0. Write for example 0.01 or 2%, or leave it empty.',
  },
  'item-numeric-range': {
    vi: 'Khoảng đáp số từ {value} đến {most} bị ngược. Hãy ghi số nhỏ trước.',
    en: 'The range from {value} to {most} runs backwards. Write the smaller number first.',
  },
  'item-numeric-round': {
    vi: 'Đáp số so sánh sau khi làm tròn thì không có sai số hay khoảng. Hãy bỏ một trong hai.',
    en: 'A key that is compared after rounding has no tolerance and no range. Remove one of them.',
  },
  'item-numeric-sheet': {
    vi: 'Đáp số “{value}” không ghi được vào phiếu bốn ô (dấu trừ ở ô 1, dấu phẩy ở ô 2 hoặc 3). Hãy đổi đáp số hoặc bỏ quy tắc phiếu.',
    en: 'The key “{value}” does not fit a sheet of four columns (minus in the first, comma in the second or third). Change the key, or drop the sheet rule.',
  },
  'item-short-text-key': {
    vi: 'Một đáp án chấp nhận được để trống. Hãy nhập hoặc xoá đáp án đó.',
    en: 'One of the accepted answers is empty. Enter or remove it.',
  },
  'item-short-text-pattern': {
    vi: 'Một mẫu chỉ có dấu * và ? nên câu trả lời nào cũng đúng. Hãy ghi thêm chữ vào mẫu.',
    en: 'A pattern holds nothing but * and ?, so that any answer fits. Add the words that count.',
  },
  'item-expression': {
    vi: 'Biểu thức chính quy “{text}” không dùng được ở chỗ “{piece}”. Hãy viết theo cú pháp RE2: không có nhìn trước, nhìn sau, gọi lại nhóm, và lặp nhiều nhất 1000 lần.',
    en: 'The regular expression “{text}” cannot be used because of “{piece}”. Write it in the syntax of RE2: no look ahead or behind, no back reference, at most 1000 repeats.',
  },
  'item-expression-large': {
    vi: 'Biểu thức chính quy “{text}” quá lớn. Hãy viết ngắn hơn, bớt số lần lặp.',
    en: 'The regular expression “{text}” is too large. Make it shorter, with fewer repeats.',
  },
  'item-expression-any': {
    vi: 'Biểu thức chính quy “{text}” nhận cả câu trả lời bất kì. Hãy ghi thêm chữ phải có.',
    en: 'The regular expression “{text}” takes any answer. Add what an answer must hold.',
  },
  'item-weight': {
    vi: 'Trọng số “{value}” của phương án “{part}” không đọc được. Hãy ghi ví dụ 1/3, -1/6 hoặc 50%.',
    en: 'The weight “{value}” of option “{part}” cannot be read. Write for example 1/3, -1/6 or 50%.',
  },
  'item-matching-prompts': {
    vi: 'Câu ghép đôi có {count} vế trái, cần ít nhất 2. Hãy thêm vế.',
    en: 'The matching question has {count} prompt(s) and needs at least 2. Add prompts.',
  },
  'item-matching-choices': {
    vi: 'Câu ghép đôi có {choices} vế phải cho {prompts} vế trái. Số vế phải không được ít hơn số vế trái.',
    en: 'The matching question has {choices} choice(s) for {prompts} prompts. It needs at least as many choices.',
  },
  'item-matching-unpaired': {
    vi: 'Vế “{part}” chưa được ghép với vế nào. Hãy ghi đáp án cho vế này.',
    en: 'Prompt “{part}” has no match in the key. Say which choice belongs to it.',
  },
  'item-matching-shared': {
    vi: 'Vế phải “{part}” được ghép với hai vế trái. Mỗi vế phải chỉ ghép với một vế trái.',
    en: 'Choice “{part}” is matched with two prompts. Each choice may belong to one prompt only.',
  },
  'item-ordering-parts': {
    vi: 'Câu sắp xếp có {count} phần, cần ít nhất 2. Hãy thêm phần.',
    en: 'The ordering question has {count} part(s) and needs at least 2. Add parts.',
  },
  'item-ordering-unplaced': {
    vi: 'Phần “{part}” chưa có chỗ trong thứ tự đúng. Hãy ghi chỗ của phần này.',
    en: 'Part “{part}” has no place in the right order. Say where it stands.',
  },
  'item-gap-none': {
    vi: 'Phần dẫn chưa có chỗ trống. Hãy ghi [[a]] vào chỗ cần điền.',
    en: 'The text has no gap. Write [[a]] where something is to be filled in.',
  },
  'item-gap-twice': {
    vi: 'Chỗ trống “{part}” xuất hiện hai lần. Hãy đặt tên khác cho một chỗ.',
    en: 'Gap “{part}” stands twice in the text. Give one of the two another name.',
  },
  'item-gap-key': {
    vi: 'Chỗ trống “{part}” chưa có đáp án. Hãy ghi đáp án cho chỗ này.',
    en: 'Gap “{part}” has no right answer. Enter what is to be filled in.',
  },
  'item-gap-unused': {
    vi: 'Có đáp án cho chỗ trống “{part}” nhưng phần dẫn không có [[{part}]]. Hãy thêm chỗ trống hoặc xoá đáp án.',
    en: 'There is an answer for gap “{part}”, but [[{part}]] is not in the text. Add the gap or remove the answer.',
  },
  'item-gap-options': {
    vi: 'Danh sách của chỗ trống “{part}” cần ít nhất 2 phương án. Hãy thêm phương án.',
    en: 'The list of gap “{part}” needs at least 2 options. Add options.',
  },
  'item-gap-same': {
    vi: 'Danh sách của chỗ trống “{part}” có “{text}” hai lần. Hãy sửa hoặc xoá một trong hai.',
    en: 'The list of gap “{part}” has “{text}” twice. Change or remove one of them.',
  },
  'item-gap-choices': {
    vi: 'Có {choices} từ cho {gaps} chỗ trống. Hãy thêm từ (ít nhất 2), hoặc cho dùng lại một từ ở nhiều chỗ.',
    en: 'There are {choices} choice(s) for {gaps} gap(s). Add choices (2 at least), or let one be used in several gaps.',
  },
  'item-hot-count': {
    vi: 'Phần dẫn có {count} cụm từ chọn được, cần từ 2 đến {max}. Hãy đặt các cụm từ trong [[ và ]].',
    en: 'The text has {count} phrase(s) that can be marked and needs 2 to {max}. Put them between [[ and ]].',
  },
  'item-hotspot-picture': {
    vi: 'Phần dẫn chưa có hình PNG hoặc JPEG để chỉ vị trí. Hãy chèn hình.',
    en: 'The stem has no PNG or JPEG picture to find places in. Insert one.',
  },
  'item-hotspot-area': {
    vi: 'Vùng “{part}” không đọc được. Hãy ghi như: tròn 110 190 35, chữ nhật 20 40 120 90 (trái trên phải dưới) hoặc đa giác 0 0 50 0 50 50.',
    en: 'Area “{part}” cannot be read. Write for example: circle 110 190 35, rect 20 40 120 90 (left top right bottom) or poly 0 0 50 0 50 50.',
  },
  'item-hotspot-outside': {
    vi: 'Vùng “{part}” nằm ngoài hình (rộng {width}, cao {height} điểm ảnh). Hãy sửa toạ độ.',
    en: 'Area “{part}” lies outside the picture ({width} by {height} pixels). Correct its coordinates.',
  },
  'item-essay-rubric': {
    vi: 'Câu tự luận chưa có tiêu chí chấm. Hãy thêm ít nhất một tiêu chí với các mức điểm.',
    en: 'The essay question has no rubric. Add at least one criterion with its levels.',
  },
  'item-essay-levels': {
    vi: 'Tiêu chí “{part}” chưa có mức nào trên 0 điểm. Hãy ghi các mức điểm của tiêu chí này.',
    en: 'Criterion “{part}” has no level above 0 points. Enter the levels of this criterion.',
  },
  'item-essay-level-twice': {
    vi: 'Tiêu chí “{part}” có hai mức cùng số điểm. Hãy gộp lại hoặc đổi điểm một mức.',
    en: 'Criterion “{part}” has two levels of the same points. Join them or change one.',
  },
  'item-essay-words': {
    vi: 'Số từ tối thiểu ({min}) lớn hơn số từ tối đa ({max}). Hãy sửa một trong hai.',
    en: 'The least number of words ({min}) is above the most ({max}). Change one of them.',
  },
  'item-essay-shown': {
    vi: 'Tiêu chí cho thí sinh xem không khớp với tiêu chí chấm. Hãy chọn lại mục cho xem tiêu chí.',
    en: 'The criteria shown to candidates are not those of the rubric. Choose again that they are shown.',
  },
  'item-media-place': {
    vi: 'Âm thanh, video phải đứng đầu câu dẫn, mỗi tệp một đoạn riêng. Hãy chuyển lên đầu câu dẫn.',
    en: 'Audio and video stand at the beginning of the stem, each in a paragraph of its own. Move them there.',
  },
  'item-media-twice': {
    vi: 'Một tệp âm thanh hoặc video xuất hiện hai lần trong câu. Hãy bỏ bớt một lần.',
    en: 'The same audio or video stands twice in the question. Take one of them away.',
  },
  'item-media-many': {
    vi: 'Mỗi câu có nhiều nhất {max} tệp âm thanh, video. Hãy bớt tệp, hoặc tách thành nhiều câu.',
    en: 'A question has at most {max} audio or video files. Take some away, or make several questions.',
  },
  'item-media-unknown': {
    vi: 'Tệp âm thanh hoặc video “{title}” không có trong ngân hàng này. Hãy tải tệp lên ngân hàng rồi chọn lại.',
    en: 'The audio or video “{title}” is not in this bank. Upload it to the bank and choose it again.',
  },
  'item-formula': {
    vi: 'Công thức không đọc được tại ký tự thứ {position}: {formula}. Hãy sửa lại mã LaTeX.',
    en: 'The formula cannot be read at character {position}: {formula}. Correct its LaTeX code.',
  },
} as const satisfies Record<keyof typeof ITEM_ERRORS, { vi: string; en: string }>;

/** What the lint of an item says: it can be used as it is, but somebody should look. */
export const ITEM_WARNINGS = {
  'item-others-not-last': {
    vi: 'Phương án “{part}” nói về các phương án khác nhưng không đứng cuối. Hãy chuyển xuống cuối.',
    en: 'Option “{part}” speaks of the others but does not come last. Move it to the end.',
  },
  'item-hotspot-points': {
    vi: 'Thí sinh đặt được {points} điểm nhưng chỉ có {areas} vùng được điểm, nên có thể đoán. Hãy giảm số điểm đặt được.',
    en: 'Candidates may set {points} points, but only {areas} area(s) bring any: guesses are free. Allow fewer points.',
  },
  'item-ordering-guess': {
    vi: 'Chỉ có 2 phần nên đoán cũng đúng một nửa. Hãy thêm phần.',
    en: 'With 2 parts half of all guesses are right. Add parts.',
  },
  'item-gap-guess': {
    vi: 'Ở chỗ trống “{part}”, đoán cũng đúng {percent} %. Hãy thêm lựa chọn sai, hoặc trừ điểm khi sai.',
    en: 'In gap “{part}” {percent} % of all guesses are right. Add wrong options, or let a wrong one cost.',
  },
  'item-gap-shared': {
    vi: 'Chỗ trống “{part}” và “{other}” cùng nhận “{text}”, nên ghi hai lần vẫn được điểm hai lần. Nếu thứ tự tuỳ ý, hãy chọn “mỗi đáp án một lần”.',
    en: 'The gaps “{part}” and “{other}” both take “{text}”, so writing it twice pays twice. Where they may be filled in any order, choose “each answer once”.',
  },
  'item-gap-unreachable': {
    vi: 'Mỗi đáp án chỉ được tính một lần nên không thể điền đúng mọi chỗ trống (ví dụ “{part}”). Hãy thêm đáp án, hoặc cho dùng lại.',
    en: 'Each answer counts once, so not all gaps can be right together (“{part}” is left). Add answers, or allow them again.',
  },
  'item-gap-no-spare': {
    vi: 'Có {gaps} chỗ trống và vừa đủ {gaps} từ, nên từ cuối cùng tự điền được. Hãy thêm từ gây nhiễu.',
    en: 'There are {gaps} gaps and just as many words, so the last one fills itself. Add words that fit nowhere.',
  },
  'item-gap-everywhere': {
    vi: 'Điền “{part}” vào mọi chỗ trống được {percent} % điểm. Hãy đổi đáp án, hoặc trừ điểm khi sai.',
    en: 'Putting “{part}” into every gap brings {percent} % of the points. Change the key, or let a wrong one cost.',
  },
  'item-pays-for-all': {
    vi: 'Chọn hết mọi phương án được {percent} % điểm. Hãy đổi cách tính điểm, hoặc bớt phương án đúng.',
    en: 'Who chooses every option gets {percent} % of the points. Choose another scheme, or have fewer right options.',
  },
  'item-weights-short': {
    vi: 'Chọn đúng đáp án chỉ được {percent} % điểm. Hãy sửa trọng số để các phương án đúng cộng lại đủ 100 %.',
    en: 'Exactly the right options bring {percent} % of the points. Correct the weights so that they add up to 100 %.',
  },
} as const;
