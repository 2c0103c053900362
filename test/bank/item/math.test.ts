import * as fc from 'fast-check';
import { Window } from 'happy-dom';
import { renderToString } from 'katex';
import { describe, expect, it, vi } from 'vitest';
import type { ItemContent } from '#bank/item';
import {
  checkFormulas,
  MATH_ATTRIBUTES,
  MATH_STYLES,
  MATH_TAGS,
  MathError,
  renderMath,
} from '#bank/item/math';
import type { MathNode } from '#bank/protocol';

/** Formulas as they stand in Vietnamese Physics 11 and Maths 12 papers. */
const FORMULAS = String.raw`
F = k\dfrac{|q_1 q_2|}{\varepsilon r^2}
E = 9\cdot 10^9 \dfrac{|Q|}{r^2}
A_{MN} = qEd
U_{AB} = V_A - V_B = \dfrac{A_{AB}}{q}
C = \frac{Q}{U}
W = \tfrac{1}{2} C U^2
I = \dfrac{\mathscr{E}}{R_N + r}
R_{td} = \dfrac{R_1 R_2}{R_1 + R_2}
P = UI = RI^2 = \frac{U^2}{R}
Q = RI^2t
\rho = \rho_0 [1 + \alpha (t - t_0)]
x = A\cos(\omega t + \varphi)
v = -\omega A \sin(\omega t + \varphi)
T = 2\pi\sqrt{\dfrac{m}{k}}
T = 2\pi\sqrt{\frac{l}{g}}
W = \frac{1}{2} m \omega^2 A^2
\lambda = vT = \dfrac{v}{f}
u_M = 2a\cos\left(\dfrac{2\pi d}{\lambda}\right)\cos(\omega t)
d_2 - d_1 = k\lambda,\; k \in \mathbb{Z}
i = \dfrac{\lambda D}{a}
\vec{F} = q\vec{E}
\overrightarrow{E} = \overrightarrow{E_1} + \overrightarrow{E_2}
v_{\max} = \omega A
10\ \mu\mathrm{F}
2\,\Omega
30^\circ
20\,^{\circ}\mathrm{C}
1{,}6\cdot10^{-19}\,\mathrm{C}
\Delta\varphi = \frac{\pi}{3}\ \text{rad}
a = -\omega^2 x
y = \dfrac{ax+b}{cx+d}
y = x^3 - 3x^2 + 2
y' = 3x^2 - 6x
\lim\limits_{x \to +\infty} \dfrac{2x-1}{x+1} = 2
\int_0^1 x^2\,\mathrm{d}x = \left.\dfrac{x^3}{3}\right|_0^1
\displaystyle\int\limits_{a}^{b} f(x)\,dx
\int \frac{1}{x}\,dx = \ln|x| + C
\log_2 (x-1) \le 3
\log_{\frac{1}{2}} x > -1
e^{2x} - 3e^x + 2 = 0
\sqrt[3]{x^2+1}
\sqrt{a^2+b^2}
\begin{cases} x = 1 + 2t \\ y = -t \\ z = 3 \end{cases}
(S): (x-1)^2 + (y+2)^2 + z^2 = 9
\dfrac{x-1}{2} = \dfrac{y}{-1} = \dfrac{z+3}{4}
\vec{n} = (1;\,-2;\,3)
\overline{z} = a - bi
|z_1 + z_2| \leqslant |z_1| + |z_2|
\mathbb{R} \setminus \{1\}
(-\infty;\,2) \cup (3;\,+\infty)
\mathrm{P}(A \mid B) = \dfrac{\mathrm{P}(AB)}{\mathrm{P}(B)}
C_n^k = \dfrac{n!}{k!(n-k)!}
\sum_{i=1}^{n} i = \frac{n(n+1)}{2}
\widehat{ABC} = 60^\circ
\triangle ABC \perp (SBD)
\begin{array}{c|ccc} x & -\infty & 0 & +\infty \\ \hline y' & & + & \end{array}
\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc
x \notin A \Leftrightarrow x \in \overline{A}
AB \parallel CD
\boxed{x = \pm 2}
\overset{\frown}{AB} \ne \underbrace{a + \dots + a}_{n}
\cancel{x} \xrightarrow{t} y \tag{1}
\color{blue} x + \colorbox{yellow}{y} \phantom{z}
`
  .trim()
  .split('\n');

const PARSER = new Window().document;

function textOf(node: MathNode): string {
  return typeof node === 'string' ? node : (node.k ?? []).map(textOf).join('');
}

function katexText(tex: string, displayMode: boolean): string | null {
  const holder = PARSER.createElement('div');
  holder.innerHTML = renderToString(tex, { displayMode, strict: false });
  return holder.textContent;
}

function expectAllowed(node: MathNode): void {
  if (typeof node === 'string') return;
  expect(MATH_TAGS).toContain(node.n);
  for (const name of Object.keys(node.s ?? {})) expect(MATH_STYLES).toContain(name);
  for (const name of Object.keys(node.a ?? {})) expect(MATH_ATTRIBUTES).toContain(name);
  expect(Object.keys(node).filter((key) => !['n', 'c', 's', 'a', 'k'].includes(key))).toEqual([]);
  for (const value of Object.values(node.s ?? {})) expect(value).not.toMatch(/url|expression|[<>;]/i);
  node.k?.forEach(expectAllowed);
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('renderMath', () => {
  it('knows at least sixty formulas of real papers', () => {
    expect(FORMULAS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(FORMULAS)('gives the text of KaTeX in allow-listed nodes: %s', (tex) => {
    for (const display of tex.includes('\\tag') ? [true] : [false, true]) {
      const tree = renderMath(tex, display);
      expectAllowed(tree);
      expect(textOf(tree)).toBe(katexText(tex, display));
    }
  });

  it('keeps Vietnamese words whole, for the eye and for the screen reader', () => {
    const tree = renderMath(String.raw`v_0 \text{ là vận tốc đầu, Ở ĐÂY ẵ}`, false);
    expectAllowed(tree);
    const json = JSON.stringify(tree).replaceAll('\u00a0', ' ');
    expect(json.match(/ là vận tốc đầu, Ở ĐÂY ẵ/g)).toHaveLength(3);
    expect(json).not.toMatch(/[\u0900-\u0985]|fallback/);
  });

  it('renders each of the 134 letters outside ASCII and writes nothing to the console', () => {
    const warn = vi.spyOn(console, 'warn');
    for (const vowel of 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY') {
      for (const tone of ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']) {
        const letter = (vowel + tone).normalize('NFC');
        expect(textOf(renderMath(`\\text{${letter}}`, false))).toContain(letter);
      }
    }
    renderMath(String.raw`\mathcal{a}`, false);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each([
    [String.raw`\frac{1`, 8],
    [String.raw`x + \khong`, 5],
    [String.raw`a^b^c`, 4],
    [String.raw`\left( x`, 9],
    ['x☃', 2],
  ])('says where %s is wrong', (tex, position) => {
    const error = thrownBy(() => renderMath(tex, false));
    expect(error).toBeInstanceOf(MathError);
    expect(error).toMatchObject({ code: 'item-formula', position, values: { formula: tex, position } });
  });

  it.each([
    String.raw`\href{https://example.org}{x}`,
    String.raw`\url{https://example.org}`,
    String.raw`\includegraphics{a.png}`,
    String.raw`\htmlStyle{color:red}{x}`,
    String.raw`\htmlClass{a}{x}`,
    String.raw`\htmlData{a=b}{x}`,
  ])('refuses what reaches outside: %s', (tex) => {
    expect(() => renderMath(tex, false)).toThrow(MathError);
  });

  it('stops what never ends or grows too deep', () => {
    expect(() => renderMath('{'.repeat(4001), false)).toThrow(MathError);
    expect(() => renderMath(`${'\\frac{1}{'.repeat(300)}x${'}'.repeat(300)}`, false)).toThrow(MathError);
    const cells = `${'&'.repeat(60)}\\\\`.repeat(60);
    expect(() => renderMath(`\\begin{matrix}${cells}\\end{matrix}`, true)).toThrow(MathError);
    expect(JSON.stringify(renderMath(String.raw`\rule{9999em}{9999em}`, false))).not.toContain('9999em;');
  });

  it.each(['def', 'gdef', 'edef', 'xdef', 'long\\def', 'global\\def', 'let', 'futurelet'])(
    'refuses the command %s, which makes long formulas out of few characters',
    (command) => {
      const text = `x \\${command}\\a{${'x'.repeat(50)}}${'\\a'.repeat(5)}`;
      expect(thrownBy(() => renderMath(text, true))).toMatchObject({ position: 3 });
    },
  );

  it.each(['newcommand', 'renewcommand', 'providecommand'])('refuses the command %s alike', (command) => {
    const text = `\\${command}{\\a}{${'x'.repeat(50)}}${'\\a'.repeat(5)}`;
    expect(thrownBy(() => renderMath(text, true))).toMatchObject({ position: 1 });
  });

  it('takes a line break before such a word, and commands that begin like them', () => {
    expect(textOf(renderMath(String.raw`\begin{matrix} a \\def \end{matrix}`, true))).toContain('def');
    expect(textOf(renderMath(String.raw`x \longrightarrow y`, true))).toContain('⟶');
  });

  it('gives a tree or a MathError for every text', () => {
    const pieces = fc.constantFrom(
      '\\frac',
      '{',
      '}',
      '^',
      '_',
      'x',
      '&',
      '\\\\',
      '"',
      "'",
      '<',
      '>',
      '\\text',
      'ế',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const tex = parts.join('');
        const error = thrownBy(() => expectAllowed(renderMath(tex, false)));
        expect(error === null || error instanceof MathError).toBe(true);
      }),
    );
  });
});

describe('checkFormulas', () => {
  it('names every formula of an item that cannot be read', () => {
    const content: ItemContent = {
      kind: 'choice',
      stem: [[{ t: 'math', tex: '\\frac{1}' }]],
      options: [
        { id: 'a', text: [[{ t: 'math', tex: 'x^2' }]] },
        { id: 'b', text: [[{ t: 'math', tex: '\\oops' }]] },
      ],
      shuffle: true,
    };
    expect(checkFormulas(content).map((problem) => problem.values?.formula)).toEqual(['\\frac{1}', '\\oops']);
  });
});
