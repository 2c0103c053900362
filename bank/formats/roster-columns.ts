import type { Column } from './workbook-columns.ts';

export type RosterColumnId =
  | 'number'
  | 'name'
  | 'lastName'
  | 'firstName'
  | 'class'
  | 'birthDate'
  | 'studentCode'
  | 'extraTime'
  | 'shift'
  | 'room'
  | 'seat';

function column(
  id: RosterColumnId,
  vi: string,
  en: string,
  aliases: readonly string[],
  required = false,
): Column<RosterColumnId> {
  return { id, vi, en, aliases, required, width: id === 'name' ? 28 : 14 };
}

/**
 * Columns of a class list, in any order. The name stands in one column, or in two (family and middle names, given
 * name) as school software exports it.
 */
export const ROSTER_COLUMNS: readonly Column<RosterColumnId>[] = [
  column(
    'number',
    'Số báo danh',
    'Candidate number',
    ['SBD', 'Số BD', 'Số báo danh thí sinh', 'Number'],
    true,
  ),
  column('name', 'Họ và tên', 'Full name', [
    'Họ tên',
    'Họ tên học sinh',
    'Họ và tên học sinh',
    'Họ và tên thí sinh',
    'Tên học sinh',
    'Tên thí sinh',
    'Thí sinh',
    'Học sinh',
    'Name',
    'Student name',
    'Candidate name',
  ]),
  column('lastName', 'Họ và tên đệm', 'Family and middle name', [
    'Họ',
    'Họ đệm',
    'Họ và đệm',
    'Họ và chữ đệm',
    'Họ lót',
    'Họ tên đệm',
    'Last name',
    'Family name',
    'Surname',
  ]),
  column('firstName', 'Tên', 'Given name', ['First name']),
  column('class', 'Lớp', 'Class', ['Tên lớp', 'Lớp học', 'Mã lớp']),
  column('birthDate', 'Ngày sinh', 'Birth date', [
    'Ngày tháng năm sinh',
    'Sinh ngày',
    'Date of birth',
    'DOB',
  ]),
  column('studentCode', 'Mã học sinh', 'Student code', [
    'Mã HS',
    'Mã số học sinh',
    'Mã định danh',
    'Student ID',
  ]),
  column('extraTime', 'Thêm giờ', 'Extra time', [
    'Thời gian thêm',
    'Cộng giờ',
    'Cộng thêm giờ',
    'Accommodation',
  ]),
  column('shift', 'Ca thi', 'Shift', ['Ca', 'Sitting']),
  column('room', 'Phòng thi', 'Room', ['Phòng', 'Phòng máy']),
  column('seat', 'Chỗ ngồi', 'Seat', ['Chỗ', 'Số chỗ', 'Số ghế', 'Số máy', 'Seat number']),
];
