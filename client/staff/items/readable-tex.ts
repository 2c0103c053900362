const SIGNS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  Delta: 'Δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  Phi: 'Φ',
  omega: 'ω',
  Omega: 'Ω',
  cdot: '·',
  times: '×',
  pm: '±',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  infty: '∞',
  degree: '°',
  circ: '°',
  to: '→',
  rightarrow: '→',
  Rightarrow: '⇒',
  Leftrightarrow: '⇔',
  in: '∈',
  parallel: '∥',
  perp: '⊥',
};

/**
 * The LaTeX of an excerpt, brought nearer to what it means, for lists where formulas are not drawn. What is not known
 * stays as it is written.
 */
export function readableTex(text: string): string {
  return text
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\sqrt\{([^{}]*)\}/g, '√($1)')
    .replace(/\\(?:text|mathrm|vec|overrightarrow|overline|widehat)\{([^{}]*)\}/g, '$1')
    .replace(/\\(?:left|right|displaystyle)(?![a-zA-Z])/g, '')
    .replace(
      /\\([a-zA-Z]+)/g,
      (whole, name: string) =>
        SIGNS[name] ?? (/^(?:sin|cos|tan|cot|ln|log|lim|max|min)$/.test(name) ? name : whole),
    )
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\^\{?°\}?/g, '°')
    .replace(/\{,\}/g, ',');
}
