import address from 'katex/dist/katex.min.css?url';

/** The faces that almost every formula uses; the browser fetches the others when one is drawn. */
const FACES = ['1em KaTeX_Main', 'italic 1em KaTeX_Math', '1em KaTeX_Size1', '1em KaTeX_Size2'];

/** Loads the style and the common fonts of formulas, once, while the candidate waits. */
export function loadMathStyle(): void {
  if (document.getElementById('math-style')) return;
  const link = document.createElement('link');
  link.id = 'math-style';
  link.rel = 'stylesheet';
  link.href = address;
  link.addEventListener('load', () => {
    for (const face of FACES) document.fonts.load(face).catch(() => {});
  });
  document.head.append(link);
}
