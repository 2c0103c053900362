function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/**
 * Everything a rendered formula may consist of: what KaTeX 0.16 writes with `trust` off, without links, pictures
 * and raw HTML. The browser builds these and nothing else.
 */
export const MATH_TAGS = names(`
  span svg path line math semantics annotation mrow mi mo mn mtext mspace mfrac msqrt mroot msub msup msubsup
  munder mover munderover mstyle mpadded mphantom menclose mtable mtr mtd mlabeledtr
`);

export const MATH_ATTRIBUTES = names(`
  aria-hidden xmlns encoding display displaystyle scriptlevel mathvariant mathcolor mathbackground mathsize
  accent accentunder stretchy fence separator largeop movablelimits symmetric lspace rspace minsize maxsize
  linebreak linethickness notation columnalign columnlines columnspacing rowlines rowspacing side depth voffset
  valign width height viewBox preserveAspectRatio d x1 x2 y1 y2 stroke-width
`);

export const MATH_STYLES = names(`
  height width min-width top bottom left position vertical-align padding-left margin margin-left margin-right
  margin-top color background-color text-shadow border-style border-width border-color border-right-style
  border-right-width border-top-width border-bottom-width
`);
