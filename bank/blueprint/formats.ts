import type { ItemKindName } from '#bank/protocol';

type Text = Readonly<Record<'vi' | 'en', string>>;

/** One part of an official format: questions of one kind. */
export interface FormatPart {
  title: Text;
  kind: ItemKindName;
  /** The usual questions; `points` are hundredths for each. */
  questions: readonly { count: number; points: number }[];
  /** Whether count and points of its questions are laid down, or only the points of the part. */
  fixes: 'questions' | 'points';
  /** Branch that it belongs to. */
  branch?: string;
}

/** A dated format of a paper, as its source lays it down. */
export interface ExamFormat {
  id: string;
  use: 'school' | 'graduation';
  name: Text;
  minutes: number;
  source: string;
  /** Day of the source. */
  since: string;
  parts: readonly FormatPart[];
  branches?: readonly { id: string; title: Text }[];
}

const SINGLE = {
  vi: 'Phần I. Câu trắc nghiệm nhiều phương án lựa chọn',
  en: 'Part I. Single choice',
};
const CLUSTERS = { vi: 'Phần II. Câu trắc nghiệm đúng sai', en: 'Part II. True/false' };
const SHORT = { vi: 'Phần III. Câu trắc nghiệm trả lời ngắn', en: 'Part III. Short answer' };

function part(title: Text, kind: ItemKindName, count: number, points: number): FormatPart {
  return { title, kind, questions: [{ count, points }], fixes: 'questions' };
}

/** The points of a part are fixed, its questions are a usual choice. */
function free(
  title: Text,
  kind: ItemKindName,
  ...questions: { count: number; points: number }[]
): FormatPart {
  return { title, kind, questions, fixes: 'points' };
}

const GRADUATION = { source: 'Quyết định 764/QĐ-BGDĐT', since: '2024-03-08' };

function graduation(
  id: string,
  name: Text,
  minutes: number,
  parts: readonly FormatPart[],
  branches?: ExamFormat['branches'],
): ExamFormat {
  return {
    id: `thpt-2025-${id}`,
    use: 'graduation',
    name,
    minutes,
    ...GRADUATION,
    parts,
    ...(branches && { branches }),
  };
}

const CLUSTERS_4 = part(CLUSTERS, 'tfCluster', 4, 100);
/** Vật lí, Hoá học, Sinh học, Địa lí. */
const SCIENCE = [part(SINGLE, 'choice', 18, 25), CLUSTERS_4, part(SHORT, 'numeric', 6, 25)];
/** Lịch sử, GDKT&PL, Công nghệ. */
const SOCIAL = [part(SINGLE, 'choice', 24, 25), CLUSTERS_4];
const LANGUAGE = [part(SINGLE, 'choice', 40, 25)];

const INFORMATICS = [
  part(SINGLE, 'choice', 24, 25),
  part({ vi: 'Phần II. A. Phần chung', en: 'Part II. A. For all' }, 'tfCluster', 2, 100),
  {
    ...part({ vi: 'Phần II. B. Khoa học máy tính', en: 'Part II. B. Computer science' }, 'tfCluster', 2, 100),
    branch: 'cs',
  },
  {
    ...part(
      { vi: 'Phần II. B. Tin học ứng dụng', en: 'Part II. B. Applied informatics' },
      'tfCluster',
      2,
      100,
    ),
    branch: 'ict',
  },
];

const INFORMATICS_BRANCHES = [
  { id: 'cs', title: { vi: 'Khoa học máy tính (CS)', en: 'Computer science (CS)' } },
  { id: 'ict', title: { vi: 'Tin học ứng dụng (ICT)', en: 'Applied informatics (ICT)' } },
];

const LITERATURE = [
  free({ vi: 'I. Đọc hiểu', en: 'I. Reading' }, 'essay', { count: 4, points: 100 }),
  free({ vi: 'II. Viết', en: 'II. Writing' }, 'essay', { count: 1, points: 200 }, { count: 1, points: 400 }),
];

const LANGUAGES: readonly (readonly [string, string, string])[] = [
  ['anh', 'Tiếng Anh', 'English'],
  ['nga', 'Tiếng Nga', 'Russian'],
  ['phap', 'Tiếng Pháp', 'French'],
  ['trung', 'Tiếng Trung Quốc', 'Chinese'],
  ['duc', 'Tiếng Đức', 'German'],
  ['nhat', 'Tiếng Nhật', 'Japanese'],
  ['han', 'Tiếng Hàn', 'Korean'],
];

/** Every subject of the graduation exam from 2025. */
const GRADUATION_FORMATS: readonly ExamFormat[] = [
  graduation('toan', { vi: 'Toán', en: 'Mathematics' }, 90, [
    part(SINGLE, 'choice', 12, 25),
    CLUSTERS_4,
    part(SHORT, 'numeric', 6, 50),
  ]),
  graduation('ngu-van', { vi: 'Ngữ văn', en: 'Literature' }, 120, LITERATURE),
  graduation('vat-li', { vi: 'Vật lí', en: 'Physics' }, 50, SCIENCE),
  graduation('hoa-hoc', { vi: 'Hoá học', en: 'Chemistry' }, 50, SCIENCE),
  graduation('sinh-hoc', { vi: 'Sinh học', en: 'Biology' }, 50, SCIENCE),
  graduation('dia-li', { vi: 'Địa lí', en: 'Geography' }, 50, SCIENCE),
  graduation('lich-su', { vi: 'Lịch sử', en: 'History' }, 50, SOCIAL),
  graduation('gdktpl', { vi: 'Giáo dục kinh tế và pháp luật', en: 'Economics and law' }, 50, SOCIAL),
  graduation('cong-nghe-cn', { vi: 'Công nghệ (Công nghiệp)', en: 'Technology (industry)' }, 50, SOCIAL),
  graduation('cong-nghe-nn', { vi: 'Công nghệ (Nông nghiệp)', en: 'Technology (agriculture)' }, 50, SOCIAL),
  graduation('tin-hoc', { vi: 'Tin học', en: 'Informatics' }, 50, INFORMATICS, INFORMATICS_BRANCHES),
  ...LANGUAGES.map(([id, vi, en]) => graduation(`tieng-${id}`, { vi, en }, 50, LANGUAGE)),
];

const ESSAYS = { vi: 'Phần IV. Tự luận', en: 'Part IV. Essay' };

/** Written tests of 45 minutes: points by type are laid down, the number of questions is the school's. */
function school(id: string, name: Text, parts: readonly FormatPart[]): ExamFormat {
  const dated = { source: 'Công văn 7991/BGDĐT-GDTrH', since: '2024-12-17' };
  return { id: `truong-45-${id}`, use: 'school', name, minutes: 45, ...dated, parts };
}

const SCHOOL_SINGLE = free(SINGLE, 'choice', { count: 12, points: 25 });

const SCHOOL_FORMATS: readonly ExamFormat[] = [
  school('3223', { vi: 'Kiểm tra 45 phút (3–2–2–3)', en: '45-minute test (3–2–2–3)' }, [
    SCHOOL_SINGLE,
    free(CLUSTERS, 'tfCluster', { count: 2, points: 100 }),
    free(SHORT, 'numeric', { count: 4, points: 50 }),
    free(ESSAYS, 'essay', { count: 3, points: 100 }),
  ]),
  school(
    '3403',
    {
      vi: 'Kiểm tra 45 phút, không trả lời ngắn (3–4–3)',
      en: '45-minute test without short answers (3–4–3)',
    },
    [
      SCHOOL_SINGLE,
      free(CLUSTERS, 'tfCluster', { count: 4, points: 100 }),
      free(ESSAYS, 'essay', { count: 3, points: 100 }),
    ],
  ),
  school(
    '3430',
    { vi: 'Kiểm tra 45 phút, không tự luận (3–4–3)', en: '45-minute test without essays (3–4–3)' },
    [
      SCHOOL_SINGLE,
      free(CLUSTERS, 'tfCluster', { count: 4, points: 100 }),
      free(SHORT, 'numeric', { count: 6, points: 50 }),
    ],
  ),
];

export const EXAM_FORMATS: readonly ExamFormat[] = [...SCHOOL_FORMATS, ...GRADUATION_FORMATS];

/** The format of that id; null where there is none. */
export function examFormat(id: string): ExamFormat | null {
  return EXAM_FORMATS.find((format) => format.id === id) ?? null;
}

/** Points of a part in hundredths. */
export function partPoints({ questions }: FormatPart): number {
  return questions.reduce((sum, { count, points }) => sum + count * points, 0);
}
