import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import type { Language } from '#bank/protocol';

type Pdf = typeof PDFDocument.prototype;
type Element = ReturnType<Pdf['struct']>;

/** Tinos has the widths of Times New Roman, which official papers are set in, and every letter of Vietnamese. */
const FONTS = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
} as const;

const LANGUAGE_TAGS: Record<Language, string> = { vi: 'vi-VN', en: 'en' };

export interface TextStyle {
  size: number;
  font?: keyof typeof FONTS;
  align?: 'left' | 'center' | 'right';
  colour?: string;
  underline?: boolean;
}

/** A box on the page, in points from the upper left corner. */
interface Place {
  x: number;
  y: number;
  width: number;
}

/** What the file says of itself. `madeAt`: a moment that belongs to the content, so that equal content is equal bytes. */
export interface SheetInfo {
  title: string;
  language: Language;
  madeAt: Date;
}

/** One A4 page on which texts are set where they are told to stand. */
export interface Sheet {
  pdf: Pdf;
  /** The root of what a screen reader is told; parts are added to it in the order of reading. */
  root: Element;
  /** Sets a text as an element of this type below `parent`; gives the y below it. */
  text(parent: Element, type: string, text: string, place: Place, style: TextStyle): number;
  /** Adds an element that holds others. */
  group(parent: Element, type: string, alt?: string): Element;
  /** Draws what says nothing: lines and boxes. */
  ornament(draw: () => void): void;
  finish(): Promise<Uint8Array>;
}

/** Opens a tagged page with embedded fonts, fit for an archive (ISO 19005-2, level A). */
export async function openSheet({ title, language, madeAt }: SheetInfo): Promise<Sheet> {
  const { default: Document } = await import('pdfkit');
  const pdf = new Document({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: LANGUAGE_TAGS[language],
    displayTitle: true,
    font: fontFile('regular'),
    info: { Title: title, Creator: 'Niêm', Producer: 'Niêm', CreationDate: madeAt, ModDate: madeAt },
  });
  for (const name of Object.keys(FONTS) as (keyof typeof FONTS)[]) pdf.registerFont(name, fontFile(name));
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return {
    pdf,
    root,
    group(parent, type, alt) {
      const element = pdf.struct(type, alt === undefined ? {} : { alt });
      parent.add(element);
      return element;
    },
    text(parent, type, text, { x, y, width }, { size, font = 'regular', align = 'left', colour, underline }) {
      const composed = text.normalize();
      let end = y;
      parent.add(
        pdf.struct(type, {}, () => {
          pdf
            .font(font)
            .fontSize(size)
            .fillColor(colour ?? '#000');
          end = y + pdf.heightOfString(composed, { width, align });
          pdf.text(composed, x, y, { width, align, underline: underline ?? false });
        }),
      );
      return end;
    },
    ornament(draw) {
      pdf.markContent('Artifact', { type: 'Layout' });
      draw();
      pdf.endMarkedContent();
    },
    async finish() {
      root.end();
      const ended = new Promise((resolve) => pdf.once('end', resolve));
      pdf.end();
      await ended;
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

function fontFile(name: keyof typeof FONTS): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${FONTS[name]}`);
}
