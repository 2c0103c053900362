import type { MatrixSection } from '#bank/blueprint';

/** A matrix as it goes on paper: the head that official documents have, and its tables. */
export interface MatrixDocument {
  /** Who the school reports to, and the school; may be empty. */
  authority: string;
  school: string;
  /** Of the exam. */
  title: string;
  /** Such as the working time. */
  subtitle: string;
  sections: readonly MatrixSection[];
}

/** Quốc hiệu and tiêu ngữ (Decree 30/2020/NĐ-CP, annex I), the same in every language. */
export const NATION = 'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const MOTTO = 'Độc lập – Tự do – Hạnh phúc';

export const FONT = 'Times New Roman';
