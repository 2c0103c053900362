import { defineWords } from './words.ts';

export const formsWords = defineWords({
  papers: { vi: 'Đề thi', en: 'Papers' },
  dealt: { vi: 'Mỗi thí sinh một đề riêng', en: 'A paper for each candidate' },
  dealtHint: {
    vi: 'Các đề khác nhau, cùng độ khó và thời gian dự kiến; mỗi câu được dùng đều như nhau.',
    en: 'All different, with the same expected difficulty and time; every question is used equally often.',
  },
  forms: { vi: 'Nhiều mã đề', en: 'Forms shared by many' },
  formsHint: {
    vi: 'Số ít mã đề tương đương cho từng ca; người ngồi cạnh nhau không trùng mã.',
    en: 'A few equal forms for each shift; neighbours never have the same.',
  },
  count: { vi: 'Tổng số mã đề', en: 'Forms in all' },
  perShift: { vi: 'Mã đề mỗi ca', en: 'Forms of each shift' },
  overlap: { vi: 'Trùng tối đa giữa hai ca (%)', en: 'Most in common between shifts (%)' },
  maxUses: { vi: 'Một câu ở nhiều nhất (mã đề)', en: 'Most forms for one question' },
  spare: { vi: 'Mã đề dự bị', en: 'Forms in reserve' },
  seatsPerRoom: { vi: 'Chỗ mỗi phòng', en: 'Seats of a room' },
  seatsPerRow: { vi: 'Chỗ mỗi hàng', en: 'Seats of a row' },
  reserve: { vi: 'Số đề dự bị', en: 'Papers in reserve' },
  reserveHint: {
    vi: 'Niêm phong cùng lúc, cấp theo thứ tự đã cam kết cho người đến muộn, thi bù hoặc đổi đề.',
    en: 'Sealed with the others and issued in committed order to latecomers, for make-ups and re-draws.',
  },
  wrong: { vi: 'Hãy nhập số nguyên từ {min} đến {max}.', en: 'Enter a whole number from {min} to {max}.' },
  wrongShifts: {
    vi: 'Tổng số mã đề phải là bội của số mã đề mỗi ca.',
    en: 'The forms in all must be a multiple of those of a shift.',
  },
  wrongSpare: {
    vi: 'Có đề dự bị thì cần ít nhất một mã đề dự bị.',
    en: 'Papers in reserve need at least one form in reserve.',
  },
  factPapers: {
    vi: '{count} mã đề, {shifts} ca, trùng tối đa {overlap}% giữa hai ca',
    en: '{count} forms, {shifts} shifts, at most {overlap}% in common between shifts',
  },
  factReserve: { vi: '{left}/{n} còn lại', en: '{left} of {n} left' },
});

export const plannerWords = defineWords({
  title: { vi: 'Tính số ca thi', en: 'Plan the shifts' },
  candidates: { vi: 'Số thí sinh', en: 'Candidates' },
  computers: { vi: 'Số máy', en: 'Computers' },
  sparePercent: { vi: 'Máy dự phòng (%)', en: 'Spare computers (%)' },
  turnover: { vi: 'Đổi ca (phút)', en: 'Between shifts (minutes)' },
  halfDay: { vi: 'Một buổi (phút)', en: 'Half a day (minutes)' },
  result: {
    vi: '{seats} máy dùng được: {shifts} ca, tổng cộng {time}, chia theo buổi: {halfDays}.',
    en: '{seats} computers to sit at: {shifts} shifts, {time} in all, by half-days: {halfDays}.',
  },
  impossible: {
    vi: 'Không xếp được: không còn máy nào, hoặc một ca dài hơn một buổi.',
    en: 'Not possible: no computer is left, or a shift is longer than half a day.',
  },
  take: { vi: 'Dùng {shifts} ca này', en: 'Use these {shifts} shifts' },
});

export const placeWords = defineWords({
  place: { vi: 'Ca · phòng · chỗ', en: 'Shift · room · seat' },
  form: { vi: 'Mã đề', en: 'Form' },
  fromReserve: { vi: 'dự bị', en: 'reserve' },
  issue: { vi: 'Đề dự bị…', en: 'Reserve paper…' },
  issueOf: { vi: 'Cấp đề dự bị cho thí sinh {number}', en: 'Issue a reserve paper to candidate {number}' },
  issueTitle: { vi: 'Cấp đề dự bị cho {name}?', en: 'Issue a reserve paper to {name}?' },
  issueWhat: {
    vi: 'Thí sinh nhận đề dự bị kế tiếp ({n}/{all}), không ai chọn được đề. Bài đang làm dừng lại và không được chấm; thí sinh phải vào thi lại bằng mã dự thi của mình.',
    en: 'The candidate gets the next paper in reserve ({n} of {all}); nobody can choose. What was written so far ends and is not marked; the candidate signs in again with the same access code.',
  },
  issueRecorded: {
    vi: 'Việc này được ghi vào sổ niêm dưới tên bạn, kèm lí do.',
    en: 'It is recorded in the ledger under your name, with the reason.',
  },
  reason: { vi: 'Lí do', en: 'Reason' },
  latecomer: { vi: 'Đến muộn', en: 'Came late' },
  'make-up': { vi: 'Thi bù', en: 'Make-up' },
  'paper-faulty': { vi: 'Đề đang làm có lỗi', en: 'The paper has a fault' },
  'paper-seen': { vi: 'Nghi đã biết trước đề', en: 'The paper may have been seen' },
  issueGo: { vi: 'Cấp đề dự bị', en: 'Issue it' },
  issued: {
    vi: 'Đã cấp đề dự bị số {order}; còn {left}.',
    en: 'Reserve paper {order} is issued; {left} left.',
  },
});
