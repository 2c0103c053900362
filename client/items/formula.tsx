import { useLayoutEffect, useRef } from 'react';
import type { MathNode, MathView } from '#bank/protocol';

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
/** What KaTeX makes; anything else in a tree is not drawn. */
const ELEMENTS = /^(span|svg|path|line|math|semantics|annotation|m[a-z]+)$/;
const ATTRIBUTES = /^(?!on|href|src|style$)[a-z-]+$/i;

function namespaceOf(name: string): string | null {
  if (/^(svg|path|line)$/.test(name)) return SVG;
  return name === 'span' ? null : MATHML;
}

/** Makes the DOM of a rendered formula; styles are set through CSSOM, as a strict policy wants it. */
function mathElement(node: MathNode): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const { n: name, c: classes, s: styles = {}, a: attributes = {}, k: children = [] } = node;
  if (!ELEMENTS.test(name)) return document.createTextNode('');
  const namespace = namespaceOf(name);
  const element = namespace
    ? (document.createElementNS(namespace, name) as SVGElement | MathMLElement)
    : document.createElement(name);
  if (classes) element.setAttribute('class', classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.test(key)) element.setAttribute(key, value);
  }
  for (const [key, value] of Object.entries(styles)) element.style.setProperty(key, value);
  element.append(...children.map(mathElement));
  return element;
}

/** A formula: KaTeX's boxes for the eye, and the MathML that stands beside them for screen readers. */
export function Formula({ run }: { run: MathView }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    ref.current?.replaceChildren(mathElement(run.tree));
  }, [run]);
  return <span ref={ref} className={run.display ? 'math block' : 'math'} />;
}
