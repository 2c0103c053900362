import type { MathNode } from '#bank/protocol';

/**
 * KaTeX draws a Vietnamese letter with two diacritics as a plain letter under two accent signs, which reads and
 * sounds wrong, and has no measures for others. So each of the 134 letters outside ASCII goes in as a letter of a
 * script that KaTeX passes through whole (Devanagari and its neighbours), and comes back when the tree is made.
 */
const FIRST_STAND_IN = 0x0900;
const STAND_IN_CLASS = 'brahmic_fallback';

const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const LETTERS = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY']
  .flatMap((vowel) => TONES.map((tone) => (vowel + tone).normalize('NFC')))
  .filter((letter) => letter > '\u007f')
  .concat('đ', 'Đ');

const STAND_INS = new Map(LETTERS.map((letter, i) => [letter, String.fromCharCode(FIRST_STAND_IN + i)]));
const ORIGINALS = new Map(LETTERS.map((letter, i) => [String.fromCharCode(FIRST_STAND_IN + i), letter]));
const LETTER = new RegExp(`[${LETTERS.join('')}]`, 'g');
const STAND_IN = /[\u0900-\u0985]/g;

/** The formula with stand-ins; as it is when it really holds text of that other script. */
export function hideVietnamese(tex: string): string {
  if (tex.search(STAND_IN) >= 0) return tex;
  return tex.replace(LETTER, (letter) => STAND_INS.get(letter) ?? letter);
}

function restoreText(text: string): string {
  return text.replace(STAND_IN, (standIn) => ORIGINALS.get(standIn) ?? standIn);
}

type Element = Exclude<MathNode, string>;

function withoutClass(classes: string): string {
  return classes
    .split(' ')
    .filter((name) => name !== STAND_IN_CLASS)
    .join(' ');
}

function isPlainText(node: MathNode | undefined): node is Element & { k: string[] } {
  return typeof node === 'object' && !node.s && !node.a && (node.k ?? []).every((k) => typeof k === 'string');
}

/** Joins the neighbours that only the stand-ins kept apart, so that words stay words. */
function joinText(nodes: MathNode[], wasStandIn: ReadonlySet<MathNode>): MathNode[] {
  const joined: MathNode[] = [];
  const standIns = new Set(wasStandIn);
  for (const node of nodes) {
    const last = joined.at(-1);
    const touched = last !== undefined && (standIns.has(node) || standIns.has(last));
    if (touched && isPlainText(node) && isPlainText(last) && node.n === last.n && node.c === last.c) {
      last.k = [(last.k ?? []).join('') + (node.k ?? []).join('')];
      standIns.add(last);
    } else {
      joined.push(node);
    }
  }
  return joined;
}

/** Puts the letters back everywhere in a tree made from a formula that went through `hideVietnamese`. */
export function restoreVietnamese(node: MathNode): MathNode {
  if (typeof node === 'string') return restoreText(node);
  const restored: Element = { ...node };
  if (node.c !== undefined) restored.c = withoutClass(node.c);
  if (node.k) {
    const standIns = new Set<MathNode>();
    const children = node.k.map((child) => {
      const made = restoreVietnamese(child);
      if (typeof child === 'object' && child.c?.includes(STAND_IN_CLASS)) standIns.add(made);
      return made;
    });
    restored.k = joinText(children, standIns);
  }
  return restored;
}
