import { defineWords } from './words.ts';

export const examWords = defineWords({
  title: { vi: 'Kỳ thi', en: 'Exams' },
  lead: {
    vi: 'Mỗi kỳ thi đi từ ma trận, danh sách thí sinh, niêm phong đến chấm và công bố.',
    en: 'Every exam goes from its matrix and class list through sealing to grading and release.',
  },
  create: { vi: 'Tạo kỳ thi', en: 'Create an exam' },
  none: { vi: 'Chưa có kỳ thi nào', en: 'There is no exam yet' },
  noneHint: {
    vi: 'Cần một ngân hàng có câu hỏi đã duyệt, rồi tạo kỳ thi và lập ma trận.',
    en: 'You need a bank with approved questions; then create the exam and make its matrix.',
  },
  noneProctor: {
    vi: 'Khi giáo viên tạo kỳ thi, kỳ thi sẽ hiện ở đây.',
    en: 'Exams appear here once a teacher creates them.',
  },
  name: { vi: 'Tên kỳ thi', en: 'Exam' },
  code: { vi: 'Mã kỳ thi', en: 'Exam code' },
  state: { vi: 'Trạng thái', en: 'State' },
  candidates: { vi: 'Thí sinh', en: 'Candidates' },
  duration: { vi: 'Thời gian làm bài', en: 'Working time' },
  created: { vi: 'Tạo lúc', en: 'Created' },
  starts: { vi: 'Bắt đầu', en: 'Started' },
  ends: { vi: 'Kết thúc', en: 'Ends' },
  ended: { vi: 'Kết thúc', en: 'Ended' },
  deadline: { vi: 'Hạn chót', en: 'Deadline' },
  profile: { vi: 'Loại bài', en: 'Kind of test' },
  bank: { vi: 'Ngân hàng', en: 'Bank' },
  policy: { vi: 'Quy tắc chấm', en: 'Marking rules' },
  points: { vi: 'Điểm từng câu', en: 'Points per question' },
  pointsShown: { vi: 'thí sinh được xem', en: 'shown to candidates' },
  pointsHidden: { vi: 'không hiện', en: 'not shown' },
  settings: { vi: 'Thông tin', en: 'Details' },
  edit: { vi: 'Sửa thông tin', en: 'Change details' },
  cancelled: {
    vi: 'Kỳ thi này đã bị huỷ sau khi niêm phong và không diễn ra. Đề vẫn đóng; thí sinh vào thi được báo là đã huỷ.',
    en: 'This exam was cancelled after it was sealed and is not held. Its papers stay closed; candidates who come are told.',
  },
  steps: { vi: 'Các bước', en: 'Steps' },
  done: { vi: 'Xong', en: 'Done' },
  now: { vi: 'Làm bây giờ', en: 'Do this now' },
  waiting: { vi: 'Chờ người khác', en: 'Waiting for others' },
  later: { vi: 'Chưa đến lượt', en: 'Not yet' },
});

export const examFormWords = defineWords({
  create: { vi: 'Tạo kỳ thi', en: 'Create an exam' },
  edit: { vi: 'Sửa thông tin kỳ thi', en: 'Change the details' },
  title: { vi: 'Tên kỳ thi', en: 'Title' },
  titleHint: { vi: 'Hiện trên đề và phiếu dự thi.', en: 'Shown on papers and access slips.' },
  titlePlaceholder: {
    vi: 'Kiểm tra cuối học kì I, Vật lí 11',
    en: 'End of term test, Physics 11',
  },
  bank: { vi: 'Ngân hàng câu hỏi', en: 'Question bank' },
  bankHint: {
    vi: 'Đề được rút từ ngân hàng này; sau này không đổi được.',
    en: 'Papers are drawn from it; it cannot be changed later.',
  },
  noBank: {
    vi: 'Bạn chưa có ngân hàng nào. Hãy tạo ngân hàng và nhập câu hỏi trước.',
    en: 'You have no bank yet. Create one and put questions into it first.',
  },
  toBanks: { vi: 'Đến ngân hàng câu hỏi', en: 'Go to question banks' },
  duration: { vi: 'Thời gian làm bài', en: 'Working time' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  minutes: { vi: 'phút', en: 'minutes' },
  seconds: { vi: 'giây', en: 'seconds' },
  durationWrong: {
    vi: 'Hãy nhập số nguyên, từ 10 giây đến 12 giờ.',
    en: 'Enter a whole number, 10 seconds to 12 hours.',
  },
  sections: { vi: 'Thời gian từng phần (không bắt buộc)', en: 'Time of each part (optional)' },
  sectionsHint: {
    vi: 'Để trống: thí sinh đi lại tự do giữa các phần. Nhập số cho từng phần của ma trận, cùng đơn vị: thí sinh làm lần lượt, mỗi phần có giờ riêng và không quay lại được.',
    en: 'Empty: candidates move freely. A number for each part of the matrix, in the same unit: the parts are taken in order, each with its own time and no way back.',
  },
  sectionsWrong: {
    vi: 'Hãy nhập các số nguyên cách nhau bằng dấu phẩy, cộng lại đúng bằng thời gian làm bài.',
    en: 'Enter whole numbers with commas between them that add up to the working time.',
  },
  deadline: { vi: 'Hạn chót (không bắt buộc)', en: 'Deadline (optional)' },
  deadlineHint: {
    vi: 'Bài đóng muộn nhất vào lúc này, dù giám thị bắt đầu lúc nào.',
    en: 'The exam closes at this moment at the latest, whenever it is started.',
  },
  profile: { vi: 'Loại bài', en: 'Kind of test' },
  P0: { vi: 'Luyện tập', en: 'Practice' },
  P0Hint: {
    vi: 'Dùng được cả câu hỏi do chính tác giả tự duyệt.',
    en: 'May use questions that only their own author approved.',
  },
  P1: { vi: 'Kiểm tra chính thức', en: 'Official school test' },
  P1Hint: {
    vi: 'Chỉ dùng câu hỏi đã được người khác duyệt.',
    en: 'Uses only questions that somebody else approved.',
  },
  P2: { vi: 'Kỳ thi cấp sở', en: 'Board exam' },
  P2Hint: {
    vi: 'Như trên; bài làm chỉ được báo “đã lưu” khi đã nằm trên hai ổ đĩa. Cần máy dự phòng.',
    en: 'The same, and an answer counts as saved only when two disks have it. Needs a standby.',
  },
  P3: { vi: 'Kỳ thi quan trọng (tuyển sinh, tốt nghiệp)', en: 'High stakes (admission, graduation)' },
  P3Hint: {
    vi: 'Như kỳ thi cấp sở, và cần hai người: người lập kỳ thi không tự mở thi và không tự quyết định về thí sinh.',
    en: 'As a board exam, and it takes two persons: who made the exam neither starts it nor decides on its candidates.',
  },
  policy: { vi: 'Quy tắc chấm', en: 'Marking rules' },
  showPoints: {
    vi: 'Cho thí sinh xem điểm từng câu sau khi công bố',
    en: 'Show candidates the points of each question after release',
  },
  submit: { vi: 'Tạo kỳ thi', en: 'Create the exam' },
  save: { vi: 'Lưu', en: 'Save' },
  saved: { vi: 'Đã lưu thông tin kỳ thi.', en: 'The details are saved.' },
});

export const policyNames = defineWords({
  'vn-thpt-2025': {
    vi: 'Theo đề tốt nghiệp THPT từ 2025 (câu Đúng–Sai: 0,1 · 0,25 · 0,5 · 1)',
    en: 'Graduation exam from 2025 (true/false: 0.1 · 0.25 · 0.5 · 1)',
  },
  'vn-cv7991': {
    vi: 'Kiểm tra định kì theo CV 7991 (câu Đúng–Sai: 0,1 · 0,25 · 0,5 · 1; điểm một chữ số thập phân)',
    en: 'Periodic test, letter 7991 (true/false: 0.1 · 0.25 · 0.5 · 1; mark with one decimal)',
  },
  'vn-tt22': {
    vi: 'Kiểm tra thường xuyên theo TT 22 (chia đều, quy về thang 10, một chữ số thập phân)',
    en: 'Regular mark, Circular 22 (even shares, on the scale of 10, one decimal)',
  },
  'generic-percent': {
    vi: 'Phần trăm số điểm (câu Đúng–Sai: mỗi ý một phần tư điểm)',
    en: 'Percent of the points (true/false: a quarter for each statement)',
  },
  generic: {
    vi: 'Chia đều (câu Đúng–Sai: mỗi ý một phần tư điểm)',
    en: 'Even shares (true/false: a quarter for each statement)',
  },
});

export const stepWords = defineWords({
  matrix: { vi: 'Lập ma trận đề', en: 'Make the matrix' },
  matrixHint: {
    vi: 'Mỗi chủ đề, mức độ và dạng câu lấy bao nhiêu câu, mỗi câu bao nhiêu điểm.',
    en: 'How many questions of each topic, level and kind, and their points.',
  },
  matrixDone: { vi: '{questions} câu, {points} điểm', en: '{questions} questions, {points} points' },
  matrixGo: { vi: 'Lập ma trận', en: 'Make the matrix' },
  matrixLook: { vi: 'Xem ma trận', en: 'See the matrix' },
  roster: { vi: 'Nhập danh sách thí sinh', en: 'Import the class list' },
  rosterHint: { vi: 'Từ tệp Excel hoặc CSV.', en: 'From an Excel or CSV file.' },
  rosterDone: { vi: '{n} thí sinh', en: '{n} candidates' },
  rosterGo: { vi: 'Nhập danh sách', en: 'Import' },
  rosterLook: { vi: 'Xem danh sách', en: 'See the list' },
  codes: { vi: 'Tạo mã và in phiếu dự thi', en: 'Make codes and print slips' },
  codesHint: {
    vi: 'Mỗi thí sinh nhận một phiếu có số báo danh và mã dự thi.',
    en: 'Every candidate gets a slip with a number and an access code.',
  },
  codesDone: { vi: '{codes}/{n} thí sinh có mã', en: '{codes} of {n} candidates have a code' },
  codesGo: { vi: 'Tạo mã, in phiếu', en: 'Codes and slips' },
  codesLook: { vi: 'In phiếu', en: 'Print slips' },
  seal: { vi: 'Rút đề và niêm phong', en: 'Draw and seal the papers' },
  sealHint: {
    vi: 'Lập đề cho mọi thí sinh. Sau bước này đề không sửa được nữa, và chưa ai đọc được.',
    en: 'The papers of all candidates. After this nothing can be changed, and nobody can read them yet.',
  },
  sealDone: { vi: '{n} đề đã niêm phong', en: '{n} papers sealed' },
  sealGo: { vi: 'Niêm phong…', en: 'Seal…' },
  sealing: { vi: 'Đang rút và niêm phong đề', en: 'Drawing and sealing papers' },
  sealingElsewhere: {
    vi: 'Đề đang được niêm phong. Trang tự cập nhật khi xong.',
    en: 'The papers are being sealed. The page follows by itself.',
  },
  start: { vi: 'Giám thị mở kỳ thi', en: 'The invigilator starts the exam' },
  startHint: {
    vi: 'Đề mở cho mọi thí sinh cùng lúc; đồng hồ chạy theo giờ máy chủ.',
    en: 'The papers open for everybody at once; the server keeps the time.',
  },
  startWaiting: { vi: 'Chờ giám thị mở kỳ thi.', en: 'Waiting for the invigilator to start it.' },
  startDone: { vi: 'Đã mở lúc {time}', en: 'Started at {time}' },
  startGo: { vi: 'Mở kỳ thi…', en: 'Start the exam…' },
  sitting: { vi: 'Coi thi', en: 'Watch the sitting' },
  sittingHint: {
    vi: 'Xem ai đã vào, ai mất kết nối. Hết giờ máy chủ tự thu bài.',
    en: 'See who is there and who lost the line. At the end the server collects the work by itself.',
  },
  sittingDone: { vi: 'Đã kết thúc lúc {time}', en: 'Ended at {time}' },
  sittingNow: { vi: 'Kết thúc lúc {time}', en: 'Ends at {time}' },
  sittingGo: { vi: 'Xem phòng thi', en: 'Watch' },
  shiftsBegun: { vi: 'Đã mở {n}/{shifts} ca.', en: '{n} of {shifts} shifts have begun.' },
  shiftGo: { vi: 'Mở ca {shift}…', en: 'Start shift {shift}…' },
  shiftTitle: { vi: 'Mở ca {shift}?', en: 'Start shift {shift}?' },
  shiftWhat: {
    vi: 'Đề mở ngay cho thí sinh ca {shift}; họ có trọn thời gian làm bài kể từ bây giờ.',
    en: 'The papers open at once for the candidates of shift {shift}; they have the whole working time from now on.',
  },
  shiftDone: { vi: 'Ca {shift} đã mở cho {n} thí sinh.', en: 'Shift {shift} has begun for {n} candidates.' },
  grade: { vi: 'Chấm bài', en: 'Grade' },
  gradeHint: {
    vi: 'Chấm hai lần độc lập và so từng chữ số trước khi ghi điểm.',
    en: 'It runs twice and compares every byte before marks are kept.',
  },
  gradeDone: { vi: 'Đã chấm xong', en: 'Graded' },
  essaysGo: { vi: 'Chấm tự luận', en: 'Mark essays' },
  gradeGo: { vi: 'Chấm bài', en: 'Grade' },
  grading: { vi: 'Đang chấm', en: 'Grading' },
  release: { vi: 'Công bố kết quả', en: 'Release the results' },
  releaseHint: {
    vi: 'Xem bảng điểm trước; sau khi công bố, thí sinh đăng nhập để xem điểm.',
    en: 'Look at the table first; after release candidates sign in to see their marks.',
  },
  releaseDone: { vi: 'Đã công bố', en: 'Released' },
  releaseGo: { vi: 'Xem bảng điểm và công bố', en: 'Results and release' },
  releaseLook: { vi: 'Xem bảng điểm', en: 'See the results' },
});

export const sealWords = defineWords({
  title: { vi: 'Niêm phong đề thi?', en: 'Seal the papers?' },
  papers: {
    vi: 'Máy chủ rút {n} đề khác nhau từ ngân hàng theo ma trận, rồi mã hoá từng đề.',
    en: 'The server draws {n} different papers from the bank by the matrix and encrypts each.',
  },
  forms: {
    vi: 'Máy chủ lập {forms} mã đề tương đương từ ngân hàng theo ma trận, xếp {n} thí sinh vào chỗ, rồi mã hoá đề của từng người.',
    en: 'The server makes {forms} equal forms from the bank by the matrix, seats {n} candidates, and encrypts the paper of each.',
  },
  reserve: { vi: 'Kèm {n} đề dự bị.', en: 'With {n} papers in reserve.' },
  final: {
    vi: 'Sau đó không sửa được ma trận, danh sách hay thời gian. Muốn thay đổi phải tạo kỳ thi mới.',
    en: 'After that, matrix, list and time can no longer be changed. A change needs a new exam.',
  },
  nobody: {
    vi: 'Không ai, kể cả bạn, đọc được đề cho đến khi giám thị mở kỳ thi.',
    en: 'Nobody, you included, can read a paper until the invigilator starts the exam.',
  },
  confirm: { vi: 'Niêm phong', en: 'Seal' },
  record: { vi: 'Niêm phong', en: 'Seal' },
  report: { vi: 'Báo cáo công bằng của đề thi', en: 'Fairness report of the papers' },
  sealedPapers: { vi: 'Số đề', en: 'Papers' },
  manifest: { vi: 'Mã băm bản kê (SHA-256)', en: 'Hash of the manifest (SHA-256)' },
  snapshot: { vi: 'Mã băm kho câu (SHA-256)', en: 'Hash of the pool (SHA-256)' },
  commitment: { vi: 'Cam kết hạt giống', en: 'Seed commitment' },
  proof: {
    vi: 'Các mã băm này đã nằm trong sổ niêm. Sau khi thi, ai cũng rút lại được từng đề từ tệp công bố để kiểm tra.',
    en: 'These hashes stand in the ledger. After the exam anybody can derive every paper again from the publication file.',
  },
});

export const cancelWords = defineWords({
  cancel: { vi: 'Huỷ kỳ thi', en: 'Cancel the exam' },
  title: { vi: 'Huỷ kỳ thi?', en: 'Cancel the exam?' },
  what: {
    vi: '“{title}” sẽ không diễn ra. Đề của {n} thí sinh vẫn đóng và không mở lại được; ai đang chờ hoặc vào thi được báo ngay.',
    en: '“{title}” will not be held. The papers of its {n} candidates stay closed for good; who waits or comes is told at once.',
  },
  postponed: { vi: 'Hoãn sang ngày khác', en: 'Postponed to another day' },
  'made-again': { vi: 'Niêm phong nhầm, sẽ làm kỳ thi khác', en: 'Sealed by mistake, made again' },
  'paper-known': { vi: 'Nghi lộ đề', en: 'The questions may be known' },
  'not-needed': { vi: 'Không cần thi nữa', en: 'No longer needed' },
  done: { vi: 'Kỳ thi đã huỷ.', en: 'The exam is cancelled.' },
});

export const startWords = defineWords({
  title: { vi: 'Mở kỳ thi?', en: 'Start the exam?' },
  what: {
    vi: 'Đề mở ngay cho {n} thí sinh của “{title}”.',
    en: 'The papers open at once for the {n} candidates of “{title}”.',
  },
  firstShift: {
    vi: 'Chỉ ca 1 bắt đầu bây giờ. Thí sinh các ca sau phải chờ đến khi bạn mở ca của họ.',
    en: 'Only shift 1 begins now. Candidates of later shifts wait until you start theirs.',
  },
  until: {
    vi: 'Thời gian làm bài {duration}: nếu mở bây giờ thì kết thúc lúc {time}.',
    en: 'Working time {duration}: started now, it ends at {time}.',
  },
  present: {
    vi: 'Hiện có {here}/{n} thí sinh đã vào phòng chờ. Người vào sau vẫn kết thúc cùng lúc.',
    en: '{here} of {n} candidates are in the waiting room. Latecomers end at the same time.',
  },
  recorded: {
    vi: 'Việc này được ghi vào sổ niêm dưới tên bạn và không rút lại được.',
    en: 'It is recorded in the ledger under your name and cannot be taken back.',
  },
  confirm: { vi: 'Mở kỳ thi ngay', en: 'Start now' },
  started: { vi: 'Kỳ thi đã mở, kết thúc lúc {time}.', en: 'The exam has started and ends at {time}.' },
});
