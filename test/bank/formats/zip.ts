import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  name: string;
  data: Buffer;
  /** Size that the directory claims. */
  claims?: number;
}

/** A zip archive written by hand, so that it can lie. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claims } of parts) {
    const packed = deflateRawSync(data);
    const size = claims ?? data.length;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** The least that Excel opens: two questions, written by hand; `change` may spoil the sheet. */
export function bareWorkbook(extra = '', change: (sheet: Buffer) => Uint8Array = (sheet) => sheet): Buffer {
  const rows = [
    ['Mã câu', 'Dạng câu', 'Chủ đề', 'Mức độ', 'Nội dung', 'A', 'B', 'Đáp án'],
    ['C1', 'TN', 'Sóng', 'NB', 'Câu một', 'x', 'y', 'A'],
    ['C2', 'TN', 'Sóng', 'NB', 'Câu hai', 'x', 'y', 'A'],
  ].map((cells, i) => {
    const xml = cells.map((text, j) => {
      const name = `${String.fromCodePoint(65 + j)}${i + 1}`;
      return `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
    });
    return `<row r="${i + 1}">${xml.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const part = (name: string, xml: string): Part => ({ name, data: Buffer.from(xml) });
  return zipOf([
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="C&#226;u &amp; đáp" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    {
      name: 'xl/worksheets/sheet1.xml',
      data: Buffer.from(
        change(
          Buffer.from(
            `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData>${extra}</worksheet>`,
          ),
        ),
      ),
    },
  ]);
}
