/** Shares of the gaps, and what a wrong one costs. */
export interface GapWorth {
  weights?: Record<string, string>;
  wrong?: string;
}

/** `a=1/3; b=2/3; sai=-1/3`; null when a piece is no share of anything. */
export function parseGapWorth(text: string): GapWorth | null {
  const worth: GapWorth = {};
  for (const piece of text.split(';').map((one) => one.trim())) {
    if (piece === '') continue;
    const [, name = '', value = ''] = /^([a-z0-9]{1,8})\s*=\s*(\S{1,30})$/i.exec(piece) ?? [];
    if (name === '') return null;
    if (/^(sai|wrong)$/i.test(name)) worth.wrong = value;
    else worth.weights = { ...worth.weights, [name.toLowerCase()]: value };
  }
  return worth;
}

export function gapWorthText({ weights = {}, wrong }: GapWorth): string {
  const pieces = Object.entries(weights).map(([gap, weight]) => `${gap}=${weight}`);
  return [...pieces, ...(wrong === undefined ? [] : [`sai=${wrong}`])].join('; ');
}
