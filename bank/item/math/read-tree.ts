import type { MathNode } from '#bank/protocol';
import { MATH_ATTRIBUTES, MATH_STYLES, MATH_TAGS } from './allow-list.ts';

/** Elements within elements: several times as many as the deepest formula of a paper has. */
const MAX_DEPTH = 400;

type Element = Exclude<MathNode, string>;

/** One step: a closing tag, an opening tag with its attributes, or text up to the next tag. */
const STEP = /<\/([a-z]+)>|<([a-z]+)((?: [a-zA-Z0-9-]+ ?=(?:"[^"]*"|'[^']*'))*)(\/?)>|([^<]+)/y;
const ATTRIBUTE = / ([a-zA-Z0-9-]+) ?=(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(amp|lt|gt|quot|#x27);/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

function decode(text: string): string {
  return text.replace(ENTITY, (whole, name: string) => ENTITIES[name] ?? whole);
}

function refuse(what: string): never {
  throw new TypeError(`KaTeX wrote ${what}, which is not on the allow-list`);
}

function readStyles(text: string): Record<string, string> {
  const styles: Record<string, string> = {};
  for (const declaration of text.split(';').filter((part) => part !== '')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon).trim();
    if (!MATH_STYLES.has(property)) refuse(`the style ${property}`);
    styles[property] = declaration.slice(colon + 1).trim();
  }
  return styles;
}

function openElement(tag: string, attributes: string): Element {
  if (!MATH_TAGS.has(tag)) refuse(`the element ${tag}`);
  const element: Element = { n: tag };
  for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = decode(double ?? single ?? '');
    if (name === 'class') element.c = value;
    else if (name === 'style') element.s = readStyles(value);
    else if (MATH_ATTRIBUTES.has(name)) element.a = { ...element.a, [name]: value };
    else refuse(`the attribute ${name}`);
  }
  return element;
}

/**
 * Reads the markup that KaTeX writes, which is well-formed, into a tree; no HTML is left in it.
 * @throws TypeError at anything that is not on the allow-list
 * @throws RangeError when it is nested too deep for whoever walks through it
 */
export function readTree(markup: string): MathNode {
  const root: Element = { n: '' };
  const open: Element[] = [root];
  for (STEP.lastIndex = 0; STEP.lastIndex < markup.length;) {
    const step = STEP.exec(markup);
    const parent = open.at(-1);
    if (!step || !parent) return refuse('broken markup');
    const [, close, tag, attributes = '', selfClosing, text] = step;
    if (close !== undefined) {
      if (open.pop()?.n !== close) refuse('unbalanced markup');
      continue;
    }
    const node = tag === undefined ? decode(text ?? '') : openElement(tag, attributes);
    (parent.k ??= []).push(node);
    if (typeof node !== 'string' && selfClosing === '') open.push(node);
    if (open.length > MAX_DEPTH) throw new RangeError('a formula is nested too deep');
  }
  const [tree] = root.k ?? [];
  if (open.length !== 1 || tree === undefined || root.k?.length !== 1) return refuse('unbalanced markup');
  return tree;
}
