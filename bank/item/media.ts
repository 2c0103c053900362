import { LIMITS, type MediaRun, type RichText } from '#bank/protocol';
import type { ItemProblem } from './kind.ts';

/** Recordings in reading order. */
export function mediaOf(rich: RichText): MediaRun[] {
  return rich.flat().filter((run) => run.t === 'media');
}

/** The text without its recordings. */
export function withoutMedia(rich: RichText): RichText {
  const paragraphs = rich.map((paragraph) => paragraph.filter((run) => run.t !== 'media'));
  return paragraphs.filter((paragraph, place) => paragraph.length > 0 || rich[place]?.length === 0);
}

/**
 * Recordings stand at the beginning of the stem, each alone in its paragraph, none twice and no more than a few: a page
 * shows a player for each, and counts its plays.
 */
export function checkMedia(content: { stem: RichText }): ItemProblem[] {
  const { stem, ...rest } = content;
  const media = mediaOf(stem);
  const problems: ItemProblem[] = [];
  const isApart = stem
    .slice(0, media.length)
    .every((paragraph) => paragraph.length === 1 && paragraph[0]?.t === 'media');
  if (!isApart || hasMedia(rest)) problems.push({ code: 'item-media-place', where: 'stem' });
  if (new Set(media.map((run) => run.media)).size < media.length)
    problems.push({ code: 'item-media-twice', where: 'stem' });
  if (media.length > LIMITS.mediaPerItem)
    problems.push({ code: 'item-media-many', where: 'stem', values: { max: LIMITS.mediaPerItem } });
  return problems;
}

function hasMedia(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('t' in value && value.t === 'media') || Object.values(value).some(hasMedia);
}
