import type { MessageTable } from './message.ts';

/** What is found in class lists; the place is shown beside the sentence. */
export const ROSTER_MESSAGES = {
  'roster-number-missing': {
    vi: 'Thí sinh chưa có số báo danh. Hãy nhập số báo danh cho dòng này.',
    en: 'The candidate has no number. Enter a candidate number in this row.',
  },
  'roster-number-invalid': {
    vi: 'Số báo danh “{number}” không hợp lệ: chỉ dùng chữ không dấu, chữ số, dấu - . / và tối đa 20 ký tự.',
    en: 'The candidate number “{number}” is not valid: use plain letters, digits, - . / and at most 20 characters.',
  },
  'roster-number-repeated': {
    vi: 'Số báo danh “{number}” bị trùng với {first}. Hãy sửa để mỗi thí sinh có một số riêng.',
    en: 'The candidate number “{number}” is already used at {first}. Give each candidate a number of their own.',
  },
  'roster-name-missing': {
    vi: 'Thí sinh chưa có họ tên. Hãy nhập họ và tên.',
    en: 'The candidate has no name. Enter the full name.',
  },
  'roster-name-double': {
    vi: 'Ô này có vẻ chứa tên của hai người. Hãy tách mỗi thí sinh thành một dòng.',
    en: 'This cell seems to hold the names of two people. Put each candidate in a row of their own.',
  },
  'roster-name-doubtful': {
    vi: 'Tên dài khác thường. Hãy xem có phải hai người ghi chung một ô không.',
    en: 'The name is unusually long. Check that it is not two people in one cell.',
  },
  'roster-name-invalid': {
    vi: 'Họ tên có chữ số hoặc ký tự lạ, hoặc dài quá 100 ký tự. Hãy sửa lại.',
    en: 'The name holds digits or strange signs, or more than 100 characters. Correct it.',
  },
  'roster-date': {
    vi: 'Không hiểu ngày sinh “{text}”. Hãy ghi dạng ngày/tháng/năm, ví dụ 05/09/2009; ngày sinh này được bỏ qua.',
    en: 'The birth date “{text}” cannot be read and was left out. Write it as day/month/year, such as 05/09/2009.',
  },
  'roster-extra-time': {
    vi: 'Không hiểu thời gian thêm “{text}”. Hãy ghi ×1,25 hoặc 25% (tối đa {percent}%), hoặc 15 phút (tối đa {minutes} phút).',
    en: 'The extra time “{text}” cannot be read. Write ×1.25 or 25% (at most {percent}%), or 15 min (at most {minutes} min).',
  },
  'roster-count': {
    vi: 'Không hiểu “{text}” ở cột “{column}” nên bỏ qua. Hãy nhập một số nguyên từ 1, hoặc để trống.',
    en: '“{text}” in column “{columnEn}” cannot be read and was left out. Enter a whole number from 1, or nothing.',
  },
  'roster-seat-alone': {
    vi: 'Có chỗ ngồi nhưng chưa có phòng thi nên chỗ ngồi được bỏ qua. Hãy nhập phòng thi.',
    en: 'There is a seat and no room, so the seat was left out. Enter the room.',
  },
  'roster-text-long': {
    vi: 'Nội dung ở cột “{column}” quá dài (tối đa {max} ký tự). Hãy rút gọn.',
    en: 'The text in column “{columnEn}” is too long (at most {max} characters). Shorten it.',
  },
  'roster-row-ignored': {
    vi: 'Dòng này không có số báo danh và họ tên nên được bỏ qua.',
    en: 'This row has neither a candidate number nor a name and was ignored.',
  },
} as const satisfies MessageTable;
