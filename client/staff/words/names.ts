import type { BankKind, BankRole, ExamState, ItemKindName, ItemStatus, Level, Role } from '#bank/protocol';
import { defineWords } from './words.ts';

/** Names of what the engine knows by a code: used in tables, filters and sentences of every page. */
export const kindNames = defineWords({
  choice: { vi: 'Một lựa chọn', en: 'Single choice' },
  multiple: { vi: 'Nhiều lựa chọn', en: 'Multiple response' },
  tfCluster: { vi: 'Đúng–Sai', en: 'True/false' },
  numeric: { vi: 'Trả lời số', en: 'Numeric' },
  shortText: { vi: 'Trả lời chữ', en: 'Short text' },
  matching: { vi: 'Ghép đôi', en: 'Matching' },
  ordering: { vi: 'Sắp xếp', en: 'Ordering' },
  cloze: { vi: 'Điền chỗ trống', en: 'Cloze' },
  gapMatch: { vi: 'Kéo từ vào chỗ trống', en: 'Gap match' },
  hotText: { vi: 'Chọn từ trong đoạn', en: 'Hot text' },
  hotspot: { vi: 'Chỉ vị trí trên hình', en: 'Hotspot' },
  essay: { vi: 'Tự luận', en: 'Essay' },
  description: { vi: 'Đoạn dẫn', en: 'Description' },
} satisfies Record<ItemKindName, unknown>);

export const levelNames = defineWords({
  KNOW: { vi: 'Biết', en: 'Know' },
  UNDERSTAND: { vi: 'Hiểu', en: 'Understand' },
  APPLY: { vi: 'Vận dụng', en: 'Apply' },
  APPLY_HIGH: { vi: 'Vận dụng cao', en: 'Apply, advanced' },
} satisfies Record<Level, unknown>);

export const roleNames = defineWords({
  admin: { vi: 'Quản trị', en: 'Administrator' },
  teacher: { vi: 'Giáo viên', en: 'Teacher' },
  reviewer: { vi: 'Người thẩm định', en: 'Reviewer' },
  proctor: { vi: 'Giám thị', en: 'Invigilator' },
  auditor: { vi: 'Thanh tra', en: 'Auditor' },
} satisfies Record<Role, unknown>);

export const examStateNames = defineWords({
  draft: { vi: 'Đang soạn', en: 'Draft' },
  sealed: { vi: 'Đã niêm phong', en: 'Sealed' },
  open: { vi: 'Đang thi', en: 'Open' },
  closed: { vi: 'Đã kết thúc', en: 'Closed' },
  graded: { vi: 'Đã chấm', en: 'Graded' },
  released: { vi: 'Đã công bố', en: 'Released' },
  cancelled: { vi: 'Đã huỷ', en: 'Cancelled' },
} satisfies Record<ExamState, unknown>);

export const itemStatusNames = defineWords({
  draft: { vi: 'Bản nháp', en: 'Draft' },
  inReview: { vi: 'Chờ duyệt', en: 'In review' },
  returned: { vi: 'Trả lại', en: 'Returned' },
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  retired: { vi: 'Ngừng dùng', en: 'Retired' },
} satisfies Record<ItemStatus, unknown>);

export const bankRoleNames = defineWords({
  author: { vi: 'Soạn câu hỏi', en: 'Author' },
  reviewer: { vi: 'Duyệt câu hỏi', en: 'Reviewer' },
  manager: { vi: 'Quản lí', en: 'Manager' },
} satisfies Record<BankRole, unknown>);

export const bankKindNames = defineWords({
  shared: { vi: 'Ngân hàng chung', en: 'Shared bank' },
  personal: { vi: 'Ngân hàng riêng', en: 'Personal bank' },
} satisfies Record<BankKind, unknown>);
