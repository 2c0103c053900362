import type { MessageTable } from '#bank/protocol';

/** Words of the fairness report, the same on the page and on paper. */
export const REPORT_WORDS = {
  title: { vi: 'Báo cáo công bằng của đề thi', en: 'Fairness report' },
  fair: {
    vi: 'Mọi điều kiện công bằng đều đạt: thí sinh nào cũng nhận đề tương đương.',
    en: 'Every rule of fairness is kept: all candidates have equal papers.',
  },
  unfair: {
    vi: '{n} điều kiện chưa đạt, vì ngân hàng câu hỏi quá nhỏ. Xem bảng dưới.',
    en: '{n} rules are not kept, because the bank is too small. See the table below.',
  },
  'niem-deal/1': {
    vi: '{papers} đề khác nhau được chia như chia bài từ ngân hàng câu hỏi, rồi đổi từng câu cho đến khi độ khó và thời gian dự kiến ngang nhau.',
    en: '{papers} different papers were dealt like cards from the bank, then single questions were exchanged until expected difficulty and time were level.',
  },
  'niem-draw/1': {
    vi: '{papers} đề khác nhau được rút ngẫu nhiên theo ma trận; mọi đề hợp lệ đều có khả năng như nhau.',
    en: '{papers} different papers were drawn by the matrix; every valid paper was equally likely.',
  },
  'niem-forms/1': {
    vi: '{papers} đề theo các mã đề tương đương. Ai nhận mã nào do chỗ ngồi và hạt giống đã cam kết quyết định, không ai chọn được.',
    en: '{papers} papers of equal forms. Seat and committed seed decide who gets which; nobody can choose.',
  },
  'niem-solved/1': {
    vi: '{papers} đề theo các mã đề tương đương, do bộ giải tìm từng mã và đếm lại mọi điều kiện. Ai nhận mã nào do chỗ ngồi và hạt giống đã cam kết quyết định, không ai chọn được.',
    en: '{papers} papers of equal forms, each found by a solver, with every rule counted again. Seat and committed seed decide who gets which; nobody can choose.',
  },
  drawnInTargets: {
    vi: '{papers} đề khác nhau được rút ngẫu nhiên theo ma trận; chỉ nhận những đề nằm trong mục tiêu và có điểm dự kiến gần nhau.',
    en: '{papers} different papers were drawn by the matrix; only those inside the targets, and near to one another in expected score, were taken.',
  },
  reserve: { vi: 'Trong đó có {n} đề dự bị.', en: '{n} of them are in reserve.' },
  score: { vi: 'Điểm dự kiến của các đề', en: 'Expected scores of the papers' },
  scoreText: {
    vi: 'Từ {least} đến {most} trên {points} điểm, trung bình {mean}: chênh nhau {range} điểm.',
    en: 'From {least} to {most} of {points} points, {mean} on average: {range} apart.',
  },
  printedScore: {
    vi: 'Tính trên mọi câu có trong đề; mỗi thí sinh chọn làm một số câu, nhiều nhất {points} điểm.',
    en: 'This is of all questions that are printed; each candidate answers some of them, for {points} points at most.',
  },
  timeText: {
    vi: 'Thời gian dự kiến từ {least} đến {most}.',
    en: 'The expected time is {least} to {most}.',
  },
  picture: {
    vi: 'Biểu đồ: số đề theo điểm dự kiến, từ {least} đến {most}.',
    en: 'Picture: papers by expected score, from {least} to {most}.',
  },
  provisional: {
    vi: 'Dự kiến tính từ độ khó của câu hỏi: câu chưa từng dùng lấy theo mức độ nhận thức.',
    en: 'Expected from the difficulty of the questions; one never used before counts by its level.',
  },
  rules: { vi: 'Các điều kiện', en: 'The rules' },
  rule: { vi: 'Điều kiện', en: 'Rule' },
  limit: { vi: 'Yêu cầu', en: 'Limit' },
  achieved: { vi: 'Đạt được', en: 'Achieved' },
  holds: { vi: 'đạt', en: 'kept' },
  fails: { vi: 'chưa đạt', en: 'not kept' },
  cells: { vi: 'Đề đúng ma trận, đủ điểm', en: 'Papers that fill the matrix exactly' },
  enemies: { vi: 'Cặp câu không được đứng chung', en: 'Pairs of questions that must not meet' },
  different: { vi: 'Đề không giống đề nào khác', en: 'Papers that no other is like' },
  ruleScore: { vi: 'Điểm dự kiến lệch mức chung', en: 'Expected score off the common level' },
  ruleTime: { vi: 'Thời gian dự kiến lệch mức chung', en: 'Expected time off the common level' },
  'information-low': { vi: 'Độ phân biệt ở mức yếu, lệch', en: 'Information at low ability, off' },
  'information-middle': {
    vi: 'Độ phân biệt ở mức trung bình, lệch',
    en: 'Information at middle ability, off',
  },
  'information-high': { vi: 'Độ phân biệt ở mức giỏi, lệch', en: 'Information at high ability, off' },
  'target-score-least': {
    vi: 'Mục tiêu điểm dự kiến, đề thấp nhất',
    en: 'Target of the expected score, lowest paper',
  },
  'target-score-most': {
    vi: 'Mục tiêu điểm dự kiến, đề cao nhất',
    en: 'Target of the expected score, highest paper',
  },
  'target-time-least': {
    vi: 'Mục tiêu thời gian, đề ngắn nhất',
    en: 'Target of the expected time, shortest paper',
  },
  'target-time-most': {
    vi: 'Mục tiêu thời gian, đề dài nhất',
    en: 'Target of the expected time, longest paper',
  },
  exposure: { vi: 'Chênh lệch số lần dùng giữa các câu cùng ô', en: 'Uneven use of questions of one cell' },
  uses: { vi: 'Một câu đứng trên nhiều nhất (mã đề)', en: 'Most forms that one question stands on' },
  overlap: { vi: 'Số câu trùng giữa hai ca', en: 'Questions that two shifts have in common' },
  neighbours: { vi: 'Cặp ngồi cạnh nhau trùng mã đề', en: 'Neighbours with the same form' },
  points: { vi: '{n} điểm', en: '{n} points' },
  seconds: { vi: '{n} giây', en: '{n} seconds' },
  exposureTitle: { vi: 'Mức dùng câu hỏi', en: 'Use of the questions' },
  unequalUse: {
    vi: 'Để mọi đề giữ mục tiêu đã đặt, đề được rút từng đề một: các câu cùng ô không được dùng đều nhau.',
    en: 'So that every paper keeps the targets, papers were drawn one by one: questions of one cell are not used equally often.',
  },
  exposurePapers: {
    vi: '{items} câu dùng trong {uses} đề',
    en: 'on {uses} of the papers: {items} questions',
  },
  exposureForms: {
    vi: '{items} câu dùng trong {uses} mã đề',
    en: 'on {uses} of the forms: {items} questions',
  },
  neighboursTitle: { vi: 'Người ngồi cạnh', en: 'Neighbours' },
  neighboursText: {
    vi: '{pairs} cặp cạnh nhau: trung bình {mean} câu chung, nhiều nhất {most} trên {questions} câu.',
    en: 'Pairs of neighbours: {pairs}; {mean} questions in common on average, {most} of {questions} at most.',
  },
  exposurePapersRange: {
    vi: '{items} câu dùng trong {least} đến {most} đề',
    en: 'on {least} to {most} of the papers: {items} questions',
  },
  exposureFormsRange: {
    vi: '{items} câu dùng trong {least} đến {most} mã đề',
    en: 'on {least} to {most} of the forms: {items} questions',
  },
  guessing: {
    vi: 'Đánh bừa mọi câu thì điểm kì vọng là {n} trên {points}.',
    en: 'Blind guessing is expected to bring {n} of {points} points.',
  },
  guessingRange: {
    vi: 'Đánh bừa mọi câu thì điểm kì vọng là {least} đến {most} trên {points}, tuỳ đề.',
    en: 'Blind guessing is expected to bring {least} to {most} of {points} points, by paper.',
  },
  formsTitle: { vi: 'Các mã đề', en: 'The forms' },
  code: { vi: 'Mã', en: 'Code' },
  shift: { vi: 'Ca', en: 'Shift' },
  inReserve: { vi: 'dự bị', en: 'reserve' },
  papers: { vi: 'Số đề', en: 'Papers' },
  expected: { vi: 'Điểm', en: 'Score' },
  time: { vi: 'Thời gian', en: 'Time' },
  formsMany: {
    vi: '{n} mã đề; danh sách đầy đủ nằm trong tệp chứng nhận.',
    en: '{n} forms; the full list is in the certificate file.',
  },
  check: { vi: 'Ai cũng kiểm tra lại được', en: 'Anybody can check this' },
  checkText: {
    vi: 'Các mã dưới đây đã nằm trong sổ niêm trước khi thi. Sau khi thi, tải tệp công bố và chạy lệnh dưới trên máy bất kì: chương trình kiểm tra độc lập rút lại từng đề, đếm lại từng điều kiện.',
    en: 'The values below stood in the ledger before the exam. After it, download the publication file and run the command on any computer: an independent program derives every paper again and counts every rule.',
  },
  commitment: { vi: 'Cam kết hạt giống', en: 'Seed commitment' },
  manifest: { vi: 'Mã băm bản kê', en: 'Hash of the manifest' },
  snapshot: { vi: 'Mã băm kho câu', en: 'Hash of the pool' },
  certificate: { vi: 'Mã băm chứng nhận', en: 'Hash of the certificate' },
  papersRoot: { vi: 'Mã băm mọi đề', en: 'Hash of all papers' },
  factCode: { vi: 'Mã kì thi', en: 'Exam code' },
  factSealed: { vi: 'Niêm phong', en: 'Sealed' },
  factDuration: { vi: 'Thời gian làm bài', en: 'Working time' },
  factDeadline: { vi: 'Hạn cuối', en: 'Deadline' },
  factCandidates: { vi: 'Số thí sinh', en: 'Candidates' },
  factQuestions: { vi: 'Mỗi đề', en: 'Each paper' },
  questionsAndPoints: { vi: '{n} câu, {points} điểm', en: '{n} questions, {points} points' },
  factProfile: { vi: 'Mức bảo đảm', en: 'Assurance profile' },
  instant: { vi: '{time}, {date} (UTC+7)', en: '{date}, {time} (UTC+7)' },
  signer: { vi: 'NGƯỜI LẬP BÁO CÁO', en: 'REPORTED BY' },
  signerHow: { vi: '(Kí, ghi rõ họ tên)', en: '(Signature, full name)' },
  head: { vi: 'THỦ TRƯỞNG ĐƠN VỊ', en: 'HEAD OF THE INSTITUTION' },
  headHow: { vi: '(Kí tên, đóng dấu)', en: '(Signature, seal)' },
  made: {
    vi: 'Máy chủ lập báo cáo này từ tệp chứng nhận đã niêm; lập lại lúc nào cũng được tệp giống hệt.',
    en: 'The server makes this report from the sealed certificate; made again, the file is the same, byte for byte.',
  },
} as const satisfies MessageTable;
