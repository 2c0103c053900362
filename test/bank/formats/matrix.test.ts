import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { plannedSections } from '#bank/blueprint';
import { writeMatrixDocx, writeMatrixWorkbook, type MatrixDocument } from '#bank/formats';
import { PHYSICS_11 } from '../blueprint/physics-11.ts';

const DOCUMENT: MatrixDocument = {
  authority: 'Sở Giáo dục và Đào tạo',
  school: 'Trường THPT <Nguyễn & Du>',
  title: 'Kiểm tra giữa kì I, Vật lí 11',
  subtitle: 'Thời gian làm bài: 45 phút',
  sections: plannedSections(PHYSICS_11, 'official', 'vi'),
};

describe('a workbook', () => {
  it('has the head of an official document and the nineteen columns, merged, in landscape', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = await writeMatrixWorkbook(DOCUMENT);
    await workbook.xlsx.load(bytes.slice().buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Ma trận', 'Đặc tả']);
    const [sheet] = workbook.worksheets;
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, paperSize: 9 });
    const at = (address: string) => sheet?.getCell(address).value;
    expect([at('A1'), at('A2')]).toEqual(['SỞ GIÁO DỤC VÀ ĐÀO TẠO', 'TRƯỜNG THPT <NGUYỄN & DU>']);
    expect([at('G1'), at('G2')]).toEqual([
      'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập – Tự do – Hạnh phúc',
    ]);
    expect([at('A4'), at('A5')]).toEqual(['MA TRẬN ĐỀ KIỂM TRA', 'Kiểm tra giữa kì I, Vật lí 11']);
    expect(at('A6')).toBe('Thời gian làm bài: 45 phút · Theo ma trận đã đặt');
    expect([at('S8'), at('S12'), at('S13'), at('D12'), at('P16')]).toEqual([
      'Tỉ lệ % điểm',
      45,
      '32,5',
      4,
      '4,0',
    ]);
    expect(sheet?.getCell('S11').master.address).toBe('S8');
    expect(sheet?.getCell('B14').master.address).toBe('B13');
    expect(sheet?.columnCount).toBe(19);
  });

  it('gives the specification its sixteen columns', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await writeMatrixWorkbook(DOCUMENT)).slice().buffer);
    const sheet = workbook.worksheets[1];
    expect(sheet?.columnCount).toBe(16);
    expect(sheet?.getCell('D12').value).toContain('– [L11.1] Nêu được');
  });
});

describe('a document', () => {
  it('is a Word file in landscape whose head rows come again on every page', async () => {
    const files = unzipSync(await writeMatrixDocx(DOCUMENT));
    const xml = new TextDecoder().decode(files['word/document.xml']);
    const texts = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text);
    expect(texts.slice(0, 4)).toEqual([
      'SỞ GIÁO DỤC VÀ ĐÀO TẠO',
      'TRƯỜNG THPT &lt;NGUYỄN &amp; DU&gt;',
      'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập – Tự do – Hạnh phúc',
    ]);
    expect(texts).toEqual(expect.arrayContaining(['MA TRẬN ĐỀ KIỂM TRA', 'BẢN ĐẶC TẢ ĐỀ KIỂM TRA', '32,5']));
    expect(xml.match(/w:orient="landscape"/g)).toHaveLength(2);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(8);
    expect(xml).toContain('<w:gridSpan w:val="12"/>');
    expect(xml).toContain('<w:vMerge w:val="restart"/>');
    const table = xml.split('<w:tbl>')[2] ?? '';
    expect(table.match(/<w:gridCol /g)).toHaveLength(19);
  });
});
