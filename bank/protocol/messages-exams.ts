import type { MessageTable } from './message.ts';

export const EXAMS_MESSAGES = {
  'duration-out-of-range': {
    vi: 'Thời gian làm bài phải từ {min} giây đến {maxHours} giờ. Hãy nhập lại.',
    en: 'The duration must be {min} seconds to {maxHours} hours. Enter it again.',
  },
  'deadline-past': {
    vi: 'Hạn chót {deadline} đã qua. Hãy chọn thời điểm sau bây giờ.',
    en: 'The deadline {deadline} has passed. Choose a moment that is still to come.',
  },
  'deadline-too-soon': {
    vi: 'Từ bây giờ đến hạn chót {deadline} không đủ {minutes} phút làm bài. Hãy lùi hạn chót hoặc rút ngắn thời gian.',
    en: 'From now to the deadline {deadline} there are not {minutes} minutes. Move the deadline or shorten the exam.',
  },
  'sections-sum': {
    vi: 'Các phần có tổng cộng {sum} giây, nhưng thời gian làm bài là {seconds} giây. Hãy sửa cho khớp.',
    en: 'The sections have {sum} seconds together, but the duration is {seconds}. Make them agree.',
  },
  'sections-parts': {
    vi: 'Kỳ thi đặt thời gian cho {sections} phần, nhưng ma trận có {parts} phần. Hãy sửa cho khớp.',
    en: 'The exam has times for {sections} sections, but the matrix has {parts} parts. Make them agree.',
  },
  'sections-branches': {
    vi: 'Đề có nhánh tự chọn không thi được theo từng phần có giờ riêng: thí sinh phải ngồi hết giờ của nhánh mình không chọn. Hãy cho thí sinh tự do chuyển câu, hoặc bỏ các nhánh trong ma trận.',
    en: 'A paper with branches cannot be held in sections with times of their own: candidates would sit through the time of the branch that they did not choose. Let candidates move freely, or take the branches out of the matrix.',
  },
  'forms-per-shift': {
    vi: '{count} mã đề không chia đều được cho các ca, mỗi ca {perShift} mã. Hãy nhập tổng số mã là bội của số mã mỗi ca.',
    en: '{count} forms cannot be divided into shifts of {perShift}. Enter a number of forms that is a multiple of those of a shift.',
  },
  'reserve-form-missing': {
    vi: 'Có đề dự bị nhưng chưa có mã đề dự bị nào. Hãy thêm ít nhất một mã dự bị, hoặc bỏ đề dự bị.',
    en: 'There are reserve papers and no form in reserve. Add at least one reserve form, or ask for no reserve papers.',
  },
  'seat-shift': {
    vi: 'Thí sinh {number} được xếp vào ca {shift}, nhưng kỳ thi chỉ có {shifts} ca. Hãy sửa danh sách hoặc thêm mã đề.',
    en: 'Candidate {number} is in shift {shift}, and the exam has {shifts} shifts. Correct the list or add forms.',
  },
  'seat-taken': {
    vi: 'Hai thí sinh {first} và {number} cùng ngồi chỗ {seat}, phòng {room}, ca {shift}. Hãy sửa danh sách.',
    en: 'Candidates {first} and {number} both have seat {seat} in room {room}, shift {shift}. Correct the list.',
  },
  'reserve-used-up': {
    vi: 'Cả {count} đề dự bị đã được dùng. Hãy tổ chức thi bù bằng một kỳ thi mới.',
    en: 'All {count} reserve papers have been issued. Hold a make-up as a new exam.',
  },
  'shift-order': {
    vi: 'Không mở được ca {shift}: ca kế tiếp là ca {next}, và kỳ thi có {shifts} ca. Hãy tải lại trang.',
    en: 'Shift {shift} cannot start: the next one is {next}, of {shifts}. Reload the page.',
  },
  'attempt-ended': {
    vi: 'Bài của thí sinh này đã đóng hoặc đã bị đình chỉ, nên không đổi đề được nữa. Nếu cần thi bù, hãy lập một kỳ thi mới.',
    en: 'The attempt of this candidate has been closed or ended, so its paper can no longer be replaced. For a make-up, hold a new exam.',
  },
  'exam-not-draft': {
    vi: 'Đề thi đã niêm phong nên không sửa được nữa. Hãy tạo kỳ thi mới nếu cần thay đổi.',
    en: 'The papers are sealed and can no longer be changed. Create a new exam if something must change.',
  },
  'exam-not-open': {
    vi: 'Kỳ thi chưa mở hoặc đã kết thúc, nên đề thi vẫn đóng. Hãy đợi đến giờ thi.',
    en: 'The exam is not open, so its papers stay closed. Wait until it starts.',
  },
  'exam-sealing': {
    vi: 'Đề thi đang được niêm phong. Hãy đợi xong, hoặc thử lại sau {seconds} giây.',
    en: 'The papers are being sealed. Wait until that is done, or try again in {seconds} seconds.',
  },
  'blueprint-missing': {
    vi: 'Kỳ thi chưa có ma trận đề. Hãy lập ma trận trước khi niêm phong.',
    en: 'The exam has no matrix yet. Make one before sealing.',
  },
  'roster-empty': {
    vi: 'Kỳ thi chưa có thí sinh. Hãy nhập danh sách lớp trước khi niêm phong.',
    en: 'The exam has no candidates yet. Import a class list before sealing.',
  },
  'roster-too-large': {
    vi: 'Danh sách có {count} thí sinh, tối đa {max}. Hãy chia thành nhiều kỳ thi.',
    en: 'The list has {count} candidates, {max} at most. Divide it into several exams.',
  },
  'items-not-official': {
    vi: '{count} câu hỏi mới chỉ do chính tác giả duyệt nên không dùng được cho bài kiểm tra chính thức (thiếu ở ô: {list}). Hãy nhờ người khác duyệt, hoặc chọn loại luyện tập.',
    en: '{count} questions were approved only by their own author and cannot enter an official test (cells: {list}). Have somebody else review them, or make it a practice test.',
  },
  'codes-missing': {
    vi: 'Chưa có mã truy cập. Hãy tạo mã cho thí sinh trước khi in phiếu.',
    en: 'There are no access codes yet. Make them before printing slips.',
  },
  'profile-needs-replica-set': {
    vi: 'Kỳ thi loại {profile} cần MongoDB replica set có ít nhất {needed} máy, nhưng hiện chỉ có {members}. Hãy nhờ quản trị viên thêm máy vào replica set, hoặc chọn loại P0 hay P1.',
    en: 'An exam of profile {profile} needs a MongoDB replica set of at least {needed} members; this one has {members}. Ask the administrator to add members, or choose profile P0 or P1.',
  },
  'profile-needs-examination': {
    vi: 'Kỳ thi loại {profile} chỉ dùng được MongoDB đã qua kiểm tra. Hãy nhờ quản trị viên chạy "niem doctor --database URL" trên máy chủ này rồi làm lại, hoặc chọn loại P0 hay P1.',
    en: 'An exam of profile {profile} needs a MongoDB that has passed its examination. Ask the administrator to run "niem doctor --database URL" on this server, then try again; or choose profile P0 or P1.',
  },
  'profile-needs-standby': {
    vi: 'Kỳ thi loại {profile} phải lưu trên hai ổ đĩa, nhưng máy chủ này chưa có máy dự phòng. Hãy nhờ quản trị viên chạy "niem standby" và đặt NIEM_STANDBY, hoặc chọn loại P0 hay P1.',
    en: 'An exam of profile {profile} is kept on two disks, and this server has no standby. Ask the administrator to run "niem standby" and set NIEM_STANDBY, or choose profile P0 or P1.',
  },
  'profile-needs-second-person': {
    vi: 'Kỳ thi loại {profile} cần hai người: người lập kỳ thi không tự mở thi và không tự quyết định về thí sinh. Hãy nhờ một giám thị khác làm việc này.',
    en: 'An exam of profile {profile} takes two persons: who made it neither starts it nor decides on its candidates. Ask another proctor to do this.',
  },
} as const satisfies MessageTable;
