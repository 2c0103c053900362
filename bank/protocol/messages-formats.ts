import type { FORMATS_ERRORS } from './errors-formats.ts';
import type { MessageTable } from './message.ts';

/** Refusals of whole files. */
const FILE_MESSAGES = {
  'file-empty': {
    vi: 'Tệp không có nội dung. Hãy chọn lại tệp, hoặc tải tệp mẫu về để nhập.',
    en: 'The file is empty. Choose another file, or download the template and fill it in.',
  },
  'file-type': {
    vi: 'Đây là tệp {found}, không phải Excel (.xlsx), CSV hay GIFT. Hãy lưu lại dưới dạng .xlsx rồi gửi.',
    en: 'This is a file of type {found}, not Excel (.xlsx), CSV or GIFT. Save it as .xlsx and send it again.',
  },
  'file-old-excel': {
    vi: 'Đây là tệp Excel kiểu cũ (.xls) hoặc có đặt mật khẩu. Hãy bỏ mật khẩu, chọn “Lưu thành” và lưu dạng .xlsx.',
    en: 'This is an old Excel file (.xls) or it has a password. Remove the password and use “Save as” .xlsx.',
  },
  'file-damaged': {
    vi: 'Tệp Excel bị hỏng, không mở được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.',
    en: 'The Excel file is damaged and cannot be opened. Open it in Excel, save it as .xlsx and send it again.',
  },
  'file-unsafe': {
    vi: 'Tệp Excel phình quá lớn khi mở ra nên không được đọc. Hãy chép các ô có dữ liệu sang tệp mới rồi gửi lại.',
    en: 'The Excel file unpacks to far too much and was not read. Copy the filled cells to a new file and send that.',
  },
  'file-encoding': {
    vi: 'Không đọc được bảng mã chữ của tệp. Hãy lưu lại dạng .xlsx, hoặc “CSV UTF-8”, rồi gửi lại.',
    en: 'The encoding of the file cannot be read. Save it as .xlsx, or as “CSV UTF-8”, and send it again.',
  },
  'file-csv': {
    vi: 'Dấu nháy kép ở dòng {line} không khép lại. Hãy sửa dòng này, hoặc lưu tệp dạng .xlsx.',
    en: 'A double quote on line {line} is not closed. Correct that line, or save the file as .xlsx.',
  },
  'file-no-rows': {
    vi: 'Tệp có dòng tiêu đề nhưng không có dòng dữ liệu nào. Hãy nhập dữ liệu bên dưới dòng tiêu đề.',
    en: 'The file has headers but no rows below them. Enter rows below the headers.',
  },
  'file-too-many-rows': {
    vi: 'Tệp có {rows} dòng, tối đa {max}. Hãy chia thành nhiều tệp.',
    en: 'The file has {rows} rows; at most {max} are read. Split it into several files.',
  },
  'file-header-missing': {
    vi: 'Không thấy cột {headers} trong trang tính “{sheet}”. Hãy đặt đúng tên cột ở dòng tiêu đề như trong tệp mẫu.',
    en: 'Column {headers} was not found in sheet “{sheet}”. Name the columns as in the template.',
  },
  'file-header-twice': {
    vi: 'Tiêu đề “{header}” xuất hiện hai lần (ô {cell}). Hãy giữ một cột, đổi tên hoặc xoá cột kia.',
    en: 'The header “{header}” appears twice (cell {cell}). Keep one column and rename or delete the other.',
  },
} as const satisfies Record<keyof typeof FORMATS_ERRORS, { vi: string; en: string }>;

/** What is found in cells and rows; the place (`cell`, `line`) is shown beside the sentence. */
const ROW_MESSAGES = {
  'file-encoding-guessed': {
    vi: 'Tệp không ghi bảng mã; đã đọc theo Windows-1258. Hãy xem kỹ dấu tiếng Việt, nếu sai thì lưu dạng “CSV UTF-8”.',
    en: 'The file does not tell its encoding; it was read as Windows-1258. Check the accents; if wrong, save as “CSV UTF-8”.',
  },
  'cell-merged': {
    vi: 'Ô nằm trong vùng ô gộp {area}. Hãy bỏ gộp ô (Merge & Center) và nhập riêng cho từng dòng.',
    en: 'The cell is part of the merged area {area}. Unmerge it and fill in each row by itself.',
  },
  'cell-formula': {
    vi: 'Ô chứa công thức Excel thay vì giá trị. Hãy chép ô rồi dán lại bằng “Dán đặc biệt › Giá trị”.',
    en: 'The cell holds an Excel formula instead of a value. Copy it and use “Paste special › Values”.',
  },
  'cell-error': {
    vi: 'Ô báo lỗi Excel ({text}). Hãy nhập lại nội dung của ô.',
    en: 'The cell shows an Excel error ({text}). Enter its content again.',
  },
  'cell-date': {
    vi: 'Excel đã đổi ô này thành ngày tháng ({text}). Hãy định dạng ô là Văn bản (Text) rồi nhập lại.',
    en: 'Excel has turned this cell into a date ({text}). Format it as Text and enter it again.',
  },
  'cell-number': {
    vi: 'Ô chứa số; thí sinh sẽ thấy “{text}”. Nếu cần hiện khác, hãy định dạng ô là Văn bản (Text) rồi nhập lại.',
    en: 'The cell holds a number; candidates will see “{text}”. To show it otherwise, format it as Text and re-enter it.',
  },
  'cell-too-long': {
    vi: 'Nội dung dài {length} ký tự, tối đa {max}. Hãy rút ngắn hoặc tách thành đoạn dẫn riêng.',
    en: 'The text has {length} characters; at most {max} are allowed. Shorten it or move part of it to a description.',
  },
  'cell-dollar': {
    vi: 'Có một dấu $ lẻ nên được hiểu là chữ. Nếu là công thức, hãy viết đủ hai dấu $…$; nếu là tiền, hãy viết \\$.',
    en: 'A single $ was read as text. For a formula write both signs, $…$; for money write \\$.',
  },
  'cell-ignored': {
    vi: 'Dạng câu này không dùng cột “{column}”; nội dung ô được bỏ qua.',
    en: 'This kind of question does not use column “{columnEn}”; the cell was ignored.',
  },
  'row-invalid': {
    vi: 'Câu hỏi vượt quá giới hạn của hệ thống ở phần {where}. Hãy rút gọn rồi nhập lại.',
    en: 'The question goes beyond the limits of the system at {where}. Simplify it and import it again.',
  },
  'code-missing': {
    vi: 'Câu chưa có mã. Hãy đặt cho mỗi câu một mã riêng, ví dụ VL11-001.',
    en: 'The question has no code. Give each question a code of its own, such as PH11-001.',
  },
  'code-invalid': {
    vi: 'Mã câu dài quá 64 ký tự hoặc có xuống dòng. Hãy đặt mã ngắn hơn.',
    en: 'The code is longer than 64 characters or has a line break. Choose a shorter one.',
  },
  'code-repeated': {
    vi: 'Mã “{code}” đã dùng ở {first}. Hãy đặt mã khác cho một trong hai câu.',
    en: 'The code “{code}” is already used at {first}. Give one of the two questions another code.',
  },
  'kind-missing': {
    vi: 'Câu chưa ghi dạng. Hãy chọn một trong các dạng: {known}.',
    en: 'The question has no kind. Choose one of: {knownEn}.',
  },
  'kind-unknown': {
    vi: 'Không có dạng câu “{kind}”. Hãy chọn một trong các dạng: {known}.',
    en: 'There is no kind “{kind}”. Choose one of: {knownEn}.',
  },
  'kind-unsupported': {
    vi: 'Câu thuộc dạng {kind}, hệ thống chưa hỗ trợ dạng này. Hãy đổi sang dạng khác hoặc bỏ câu này.',
    en: 'The question is of kind {kind}, which the system does not have. Change its kind or leave it out.',
  },
  'topic-missing': {
    vi: 'Câu chưa có chủ đề. Hãy ghi chủ đề, hoặc chọn chủ đề mặc định khi nhập tệp.',
    en: 'The question has no topic. Enter one, or choose a default topic for the import.',
  },
  'topic-unknown': {
    vi: 'Ngân hàng không có chủ đề “{topic}”. Hãy sửa theo danh sách ({known}), hoặc thêm chủ đề này vào ngân hàng.',
    en: 'The bank has no topic “{topic}”. Correct it after the list ({known}), or add the topic to the bank.',
  },
  'level-missing': {
    vi: 'Câu chưa có mức độ. Hãy ghi {known}, hoặc chọn mức mặc định khi nhập tệp.',
    en: 'The question has no level. Enter {knownEn}, or choose a default level for the import.',
  },
  'level-unknown': {
    vi: 'Không có mức độ “{level}”. Hãy ghi một trong: {known}.',
    en: 'There is no level “{level}”. Enter one of: {knownEn}.',
  },
  'stimulus-unknown': {
    vi: 'Không thấy đoạn dẫn có mã “{code}” trong tệp hay trong ngân hàng. Hãy thêm dòng dạng Đoạn dẫn với mã này.',
    en: 'No description with code “{code}” is in the file or the bank. Add a row of kind Description with this code.',
  },
  'stimulus-refused': {
    vi: 'Đoạn dẫn “{code}” của câu này bị từ chối. Hãy sửa đoạn dẫn rồi nhập lại.',
    en: 'The description “{code}” of this question was refused. Correct it and import again.',
  },
  'option-gap': {
    vi: 'Phương án {letter} để trống trong khi phương án sau có nội dung. Hãy nhập liền nhau từ A.',
    en: 'Option {letter} is empty although a later one is filled. Fill the options from A without a gap.',
  },
  'key-unreadable': {
    vi: 'Không hiểu đáp án “{key}”. Dạng câu này ghi đáp án như sau: {example}.',
    en: 'The key “{key}” cannot be read. For this kind write it like {example}.',
  },
  'key-no-option': {
    vi: 'Đáp án ghi {letter} nhưng phương án {letter} không có nội dung. Hãy sửa đáp án hoặc nhập phương án này.',
    en: 'The key says {letter}, but option {letter} is empty. Correct the key or fill in the option.',
  },
  'pair-unreadable': {
    vi: 'Ô ghép đôi phải có dạng “vế trái => vế phải”, hoặc “=> vế phải” cho vế thừa. Hãy sửa lại.',
    en: 'A matching cell must read “left side => right side”, or “=> right side” for an extra one. Correct it.',
  },
  'shuffle-unreadable': {
    vi: 'Không hiểu “{text}” ở cột trộn phương án. Hãy ghi Có, Không, “Có, giữ D” hoặc “Theo số”.',
    en: '“{text}” in the shuffle column cannot be read. Write Yes, No, “Yes, keep D”, or “Sorted”.',
  },
  'image-type': {
    vi: 'Ảnh không phải PNG hay JPEG. Hãy lưu ảnh dạng PNG rồi chèn lại.',
    en: 'The picture is neither PNG nor JPEG. Save it as PNG and insert it again.',
  },
  'image-too-large': {
    vi: 'Ảnh nặng {kilobytes} KB, tối đa {max} KB. Hãy thu nhỏ ảnh rồi chèn lại.',
    en: 'The picture has {kilobytes} KB; at most {max} KB are allowed. Make it smaller and insert it again.',
  },
  'image-missing': {
    vi: 'Có ghi [ảnh: …] nhưng không thấy ảnh nào nằm trong ô này. Hãy chèn ảnh vào đúng ô, hoặc xoá phần ghi đó.',
    en: 'The cell says [image: …] but no picture is anchored in it. Insert the picture in this cell or remove the words.',
  },
  'image-no-text': {
    vi: 'Ảnh chưa có mô tả, tạm ghi “{alt}”. Hãy ghi [ảnh: mô tả] trong ô để người khiếm thị cũng hiểu.',
    en: 'The picture has no description; “{alt}” was put in. Write [image: description] in the cell.',
  },
  'image-outside': {
    vi: 'Ảnh đặt ở cột không phải nội dung hay phương án nên được bỏ qua. Hãy kéo góc trên bên trái của ảnh vào đúng ô.',
    en: 'The picture is not in a stem or option column and was ignored. Move its upper left corner into the right cell.',
  },
  'gift-syntax': {
    vi: 'Câu hỏi viết sai cú pháp GIFT. Hãy kiểm tra dấu ngoặc nhọn, dấu = và ~, và viết \\ trước ký tự đặc biệt (\\~ \\= \\#).',
    en: 'The question breaks the GIFT syntax. Check braces, = and ~, and escape special characters (\\~ \\= \\#).',
  },
  'gift-feedback': {
    vi: 'Phần nhận xét (#…) của câu không được nhập vì hệ thống không hiện nhận xét trong bài thi.',
    en: 'Feedback (#…) was left out, since the system shows none in an exam.',
  },
  'gift-partial': {
    vi: 'Đáp án được điểm một phần đã bỏ; chỉ đáp án được 100 % là đúng.',
    en: 'Answers worth part of the mark were dropped; only full answers count as right.',
  },
  'gift-weights': {
    vi: 'Trọng số phần trăm không giữ được; câu được chấm theo cách “{scheme}”. Hãy xem lại.',
    en: 'Percent weights could not be kept; the question is marked “{schemeEn}”. Please check.',
  },
  'scoring-unreadable': {
    vi: 'Cách chấm “{text}” không đọc được. Hãy ghi một trong: {known}; cách nhau bằng dấu chấm phẩy.',
    en: 'The scoring “{text}” cannot be read. Write one of: {knownEn}; divided by semicolons.',
  },
  'gift-several-right': {
    vi: 'Có {count} phương án = nhưng thí sinh chỉ chọn được một. Hãy giữ một dấu =, hoặc dùng ~%…% cho câu nhiều lựa chọn.',
    en: '{count} options are marked = although only one can be picked. Keep one, or use ~%…% for multiple response.',
  },
  'gift-no-right': {
    vi: 'Không có đáp án nào được 100 % điểm. Hãy đánh dấu đáp án đúng bằng dấu =.',
    en: 'No answer is worth the full mark. Mark the right one with =.',
  },
  'gift-wildcard': {
    vi: 'Đáp án có dấu * (thay cho chữ bất kỳ) đã bỏ vì hệ thống so khớp từng chữ.',
    en: 'An answer with the wildcard * was dropped, since answers are compared word for word.',
  },
  'gift-tolerances': {
    vi: 'Các đáp án số có sai số khác nhau; chỉ giữ những đáp án cùng sai số với đáp án đầu.',
    en: 'The numbers have different tolerances; only those with the tolerance of the first were kept.',
  },
  'gift-markup': {
    vi: 'Định dạng {tags} không giữ được; chỉ giữ phần chữ. Hãy xem lại câu này.',
    en: 'The formatting {tags} could not be kept, only its text. Please check the question.',
  },
} as const satisfies MessageTable;

/** What an exported file cannot carry; `item` is the code of the question. */
const EXPORT_MESSAGES = {
  'export-kind': {
    vi: 'Câu {item} không xuất được vì định dạng này không có dạng câu đó. Hãy xuất ra Excel.',
    en: 'Question {item} was left out, since this format does not have its kind. Export to Excel instead.',
  },
  'export-options': {
    vi: 'Câu {item} có hơn 8 phương án nên không xuất được ra Excel. Hãy bớt phương án hoặc xuất ra GIFT.',
    en: 'Question {item} has more than 8 options and was left out. Remove options or export to GIFT.',
  },
  'export-length': {
    vi: 'Câu {item} dài hơn giới hạn một ô Excel nên không xuất được. Hãy xuất ra GIFT.',
    en: 'Question {item} is longer than an Excel cell and was left out. Export to GIFT instead.',
  },
  'export-image': {
    vi: 'Một ảnh của câu {item} không xuất được, chỉ còn phần mô tả. Hãy chèn lại ảnh vào tệp.',
    en: 'A picture of question {item} was left out, only its description was kept. Insert it again in the file.',
  },
  'export-media': {
    vi: 'Âm thanh, video của câu {item} không xuất ra tệp được, chỉ còn tên. Chúng vẫn còn trong ngân hàng.',
    en: 'Audio and video of question {item} were left out, only their titles were kept. The bank still has them.',
  },
  'export-detail': {
    vi: 'Câu {item} mất {details} vì định dạng này không ghi được. Hãy xuất ra Excel nếu cần giữ đủ.',
    en: 'Question {item} lost its {detailsEn}, which this format cannot hold. Export to Excel to keep everything.',
  },
} as const satisfies MessageTable;

export const FORMATS_MESSAGES = {
  ...FILE_MESSAGES,
  ...ROW_MESSAGES,
  ...EXPORT_MESSAGES,
} as const;
