import { inflateSync } from 'node:zlib';

interface PdfPage {
  pages: number;
  /** Texts in the order in which they are drawn, one for each line. */
  lines: string[];
  /** What stands in objects that are no streams. */
  objects: string;
}

/** Reads the texts of a PDF by its fonts' own tables from glyphs to letters, as whoever copies from it gets them. */
export function readPdf(bytes: Uint8Array): PdfPage {
  const source = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of source.matchAll(/(?<=\n)(\d+) 0 obj\n(.*?)\nendobj/gs))
    objects.set(id, body);
  const plain = [...objects.values()].filter((body) => !body.includes('\nstream\n'));
  const streams = new Map([...objects].map(([id, body]) => [id, streamOf(body)]));
  const fonts = new Map<string, Map<string, string>>();
  for (const body of plain)
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1] ?? '';
      fonts.set(name, lettersOf(streams.get(unicode) ?? ''));
    }
  const content = [...streams.values()].filter((stream) => stream.includes(' Tf\n')).join('\n');
  return {
    pages: plain.filter((body) => /\/Type \/Page\b/.test(body)).length,
    lines: linesOf(content, fonts),
    objects: plain.join('\n'),
  };
}

function streamOf(body: string): string {
  const data = /\nstream\n(.*)\nendstream$/s.exec(body)?.[1];
  if (data === undefined || !body.includes('/FlateDecode')) return data ?? '';
  return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
}

/** `<0000> <0002> [<0000> <0053> <1ede>]`: what glyphs 0 to 2 stand for. */
function lettersOf(cmap: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, first = '0', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    [...list.matchAll(/<(\w+)>/g)].forEach(([, hex = ''], index) =>
      letters.set(
        (parseInt(first, 16) + index).toString(16).padStart(4, '0'),
        String.fromCharCode(...(hex.match(/..../g) ?? []).map((unit) => parseInt(unit, 16))),
      ),
    );
  return letters;
}

function linesOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  return [...content.matchAll(/\nBT\n(.*?)\nET/gs)].map(([, block = '']) => {
    const letters = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
    const glyphs = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/..../g) ?? []);
    return glyphs.map((glyph) => letters?.get(glyph) ?? '\uFFFD').join('');
  });
}
