import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { MediaKind, type MediaFile } from './media.ts';

/** A run of characters; marks are set only when true. Text is NFC. */
export const TextRun = Type.Object(
  {
    t: Type.Literal('text'),
    v: Type.String({ maxLength: LIMITS.textRun }),
    b: Type.Optional(Type.Literal(true)),
    i: Type.Optional(Type.Literal(true)),
    u: Type.Optional(Type.Literal(true)),
    sub: Type.Optional(Type.Literal(true)),
    sup: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);

/** A LaTeX formula as KaTeX reads it, without delimiters. */
export const MathRun = Type.Object(
  {
    t: Type.Literal('math'),
    tex: Type.String({ minLength: 1, maxLength: LIMITS.formula }),
    display: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);

/** A picture that travels inside the box of its item, so that it is encrypted with it. */
export const ImageRun = Type.Object(
  {
    t: Type.Literal('image'),
    mime: Type.Union([Type.Literal('image/png'), Type.Literal('image/jpeg'), Type.Literal('image/webp')]),
    data: Type.String({ maxLength: LIMITS.imageBase64, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
    alt: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
);

/**
 * A recording of the bank, by its id. It stands alone in a paragraph at the beginning of a stem. `title` names it for who
 * cannot see or hear it; `plays` says how often a candidate may play it, absent: as often as wanted. No candidate sees the
 * transcript.
 */
export const MediaRun = Type.Object(
  {
    t: Type.Literal('media'),
    media: Id,
    kind: MediaKind,
    title: Type.String({ minLength: 1, maxLength: LIMITS.mediaTitle, pattern: '\\S' }),
    plays: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.playsPerMedia })),
    transcript: Type.Optional(Type.String({ maxLength: LIMITS.textRun })),
  },
  { additionalProperties: false },
);

export const Inline = Type.Union([TextRun, MathRun, ImageRun, MediaRun]);
export const Paragraph = Type.Array(Inline, { maxItems: 200 });

/** Structured text: a list of paragraphs, each a list of inline runs. Never HTML. */
export const RichText = Type.Array(Paragraph, { maxItems: 100 });

export type TextRun = Static<typeof TextRun>;
export type MathRun = Static<typeof MathRun>;
export type ImageRun = Static<typeof ImageRun>;
export type MediaRun = Static<typeof MediaRun>;
export type Inline = Static<typeof Inline>;
export type RichText = Static<typeof RichText>;

/**
 * One node of a rendered formula: a string, or an element with tag `n`, class list `c`, CSS properties `s`
 * (set through CSSOM, never as an attribute), attributes `a` and children `k`.
 */
export type MathNode =
  | string
  | {
      n: string;
      c?: string;
      s?: Record<string, string>;
      a?: Record<string, string>;
      k?: MathNode[];
    };

/** What a candidate's browser is given for a formula: the rendered tree; `tex` stays as its accessible source. */
export interface MathView {
  t: 'math';
  tex: string;
  display?: true;
  tree: MathNode;
}

/**
 * What a page is given for a recording: in a sitting `media` is its address there and `file` says what to fetch; on an
 * author's page `media` is its id in the bank.
 */
export interface MediaView extends Pick<MediaRun, 't' | 'media' | 'kind' | 'title' | 'plays'> {
  file?: MediaFile;
}

export type InlineView = TextRun | ImageRun | MathView | MediaView;
export type RichTextView = InlineView[][];
