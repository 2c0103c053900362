import { describe, expect, it } from 'vitest';
import { writeReportPdf, type ReportDocument } from '#bank/formats';
import { CONSTRAINTS, type ExamCertificate, type Language } from '#bank/protocol';
import { fairnessReport, reportFrame } from '#bank/report';
import { readPdf } from '../../support/pdf-text.ts';

const hash = (digit: string): string => digit.repeat(64);

/** As much as a report can hold: every rule, all the forms that are listed, many counts of use. */
const CERTIFICATE: ExamCertificate = {
  format: 'niem-exam-certificate/1',
  exam: 'A'.repeat(22),
  algorithm: 'niem-forms/1',
  seedCommitment: hash('1'),
  manifestHash: hash('2'),
  snapshotHash: hash('3'),
  blueprintHash: hash('4'),
  rosterRoot: hash('5'),
  papersRoot: hash('6'),
  papers: 15_004,
  reserve: 4,
  questions: 28,
  points: 1000,
  constraints: CONSTRAINTS.map((name) => ({ name, limit: 5_000, achieved: 4_321, holds: true })),
  score: { least: 511_000, most: 519_000, mean: 515_000 },
  histogram: Array.from({ length: 20 }, (_, column) => column * (19 - column)),
  seconds: { least: 2_400, most: 2_520, mean: 2_460 },
  guessing: { least: 136_250, most: 136_250, mean: 136_250 },
  exposure: Array.from({ length: 30 }, (_, index) => ({ uses: index + 1, items: 3 })),
  neighbours: { pairs: 14_000, most: 9, mean: 210 },
  forms: Array.from({ length: 24 }, (_, index) => ({
    code: `01${String(index + 1).padStart(2, '0')}`,
    ...(index < 20 && { shift: (index % 5) + 1 }),
    papers: 600,
    score: 515_000,
    seconds: 2_460,
    paperHash: hash('7'),
  })),
};

/** Every vowel of Vietnamese with every tone, in both cases: 144 letters. */
const VOWELS = [...'aăâeêioôơuưy']
  .flatMap((vowel) => ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'].map((tone) => vowel + tone))
  .flatMap((letter) => [letter, letter.toUpperCase()])
  .map((letter) => letter.normalize('NFC'));

function documentOf(language: Language, changes: Partial<ReportDocument> = {}): ReportDocument {
  const exam = { code: 'K7F2', profile: 'P2', candidates: 15_000, durationSeconds: 3_000 } as const;
  const dated = Date.UTC(2026, 10, 24, 2, 41);
  return {
    language,
    authority: 'Sở Giáo dục và Đào tạo Hà Nội',
    school: 'Trường THPT Nguyễn Huệ',
    exam: 'Kiểm tra giữa kì I, Vật lí 11',
    report: fairnessReport(CERTIFICATE, language, hash('8')),
    ...reportFrame({ ...exam, sealedAt: dated, deadline: dated }, CERTIFICATE, language),
    dated,
    ...changes,
  };
}

describe('a fairness report in PDF', () => {
  it.each<[Language, string[]]>([
    [
      'vi',
      [
        'SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NỘI',
        'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập – Tự do – Hạnh phúc',
        'BÁO CÁO CÔNG BẰNG CỦA ĐỀ THI',
        'Kiểm tra giữa kì I, Vật lí 11',
        'Niêm phong: 09:41, 24/11/2026 (UTC+7)',
        'Số thí sinh: 15.000',
        'Từ 5,11 đến 5,19 trên 10 điểm, trung bình 5,15: chênh nhau 0,08 điểm.',
        'Đánh bừa mọi câu thì điểm kì vọng là 1,36 trên 10.',
        '≤ 0,05 điểm 0,04 điểm (đạt)',
        'dự bị',
        hash('8'),
      ],
    ],
    [
      'en',
      [
        'FAIRNESS REPORT',
        'Sealed: 24/11/2026, 09:41 (UTC+7)',
        'Candidates: 15,000',
        'From 5.11 to 5.19 of 10 points, 5.15 on average: 0.08 apart.',
        'Blind guessing is expected to bring 1.36 of 10 points.',
        '≤ 0.05 points 0.04 points (kept)',
        hash('8'),
      ],
    ],
  ])('says all of it on one page, as text that can be copied (%s)', async (language, texts) => {
    const { pages, lines } = readPdf(await writeReportPdf(documentOf(language)));
    expect(pages).toBe(1);
    const text = lines.join(' ').replace(/\s+/g, ' ');
    for (const one of texts) expect(text).toContain(one);
    expect(text).not.toContain('\uFFFD');
  });

  it('has every letter of Vietnamese, composed however they are typed, in each of its fonts', async () => {
    expect(new Set(VOWELS).size).toBe(144);
    const typed = `${VOWELS.join('').normalize('NFD')}đĐ`;
    const document = documentOf('vi', { exam: typed, made: typed });
    document.report.checks.text = typed;
    const { lines } = readPdf(await writeReportPdf(document));
    const text = lines.join('').replaceAll(' ', '');
    const composed = `${VOWELS.join('')}đĐ`;
    expect(text.split(composed)).toHaveLength(4);
  });

  it('is the same file whenever it is made', async () => {
    const document = documentOf('vi');
    const [one, other] = [await writeReportPdf(document), await writeReportPdf(document)];
    expect(Buffer.from(one).equals(other)).toBe(true);
  });

  it('tells screen readers its language, its title, its parts and what the picture shows', async () => {
    const { objects } = readPdf(await writeReportPdf(documentOf('vi')));
    expect(objects).toContain('/Lang (vi-VN)');
    expect(objects).toContain('/Marked true');
    expect(objects).toContain('/DisplayDocTitle true');
    for (const part of ['/S /H1', '/S /H2', '/S /Table', '/S /TH', '/S /TD', '/S /Figure'])
      expect(objects).toContain(part);
    expect(objects).toMatch(/\/Alt /);
    expect(objects).toContain('(D:20261124024100Z)');
  });

  it('stays on one page with the longest names', async () => {
    const long = 'Trường Trung học phổ thông Chuyên '.repeat(6).slice(0, 200);
    const { pages, lines } = readPdf(
      await writeReportPdf(documentOf('vi', { authority: long, school: long, exam: long })),
    );
    expect(pages).toBe(1);
    expect(lines.join(' ')).toContain(hash('8'));
  });
});
