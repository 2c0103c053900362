import katexAddress from 'katex/dist/katex.min.css?url';
import { useEffect, useMemo, useState } from 'react';
import { itemKind, type ItemContent, type ItemView } from '#bank/item';
import { MathError, renderMath } from '#bank/item/math';
import type { MathNode, Response as Answer } from '#bank/protocol';
import { items as english } from '../../i18n/items.en.ts';
import { items as vietnamese } from '../../i18n/items.vi.ts';
import { Item, MediaContext } from '../../items/index.tsx';
import rareAddress from '../../items/rare.css?url';
import itemStyle from '../../items/items.css?inline';
import baseStyle from '../../theme/base.css?inline';
import { Sentence } from '../parts/sentence.tsx';
import { useLanguage } from '../words/language.ts';
import { itemWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { PreviewProps } from './preview.tsx';
import { ShadowFrame } from './shadow-frame.tsx';
import { staffMedia } from './staff-media.ts';

const STYLES = [baseStyle, itemStyle];
const HEADING = 'question';

/** Where a formula cannot be drawn, its text stands instead; what is wrong is listed below. */
function viewOf(content: ItemContent): { view: ItemView; problems: MathError[] } {
  const problems: MathError[] = [];
  const math = (tex: string, display: boolean): MathNode => {
    try {
      return renderMath(tex, display);
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      problems.push(error);
      return { n: 'span', k: [`$${tex}$`] };
    }
  };
  return { view: itemKind(content.kind).toView(content, { token: (part) => part, math }), problems };
}

/** An item rendered for a candidate; it can be answered, to try it out. */
export function CandidateView({ content, bank }: PreviewProps) {
  const t = useWords(itemWords);
  const language = useLanguage();
  const [answer, setAnswer] = useState<Answer>(null);
  const { view, problems } = useMemo(() => viewOf(content), [content]);
  const loadMedia = useMemo(() => {
    const source = bank === undefined ? null : staffMedia(bank);
    return source && (() => Promise.resolve(source));
  }, [bank]);
  useMathFonts();
  return (
    <>
      <ShadowFrame styles={STYLES} links={[katexAddress, rareAddress]}>
        <h3 id={HEADING}>{t('sample')}</h3>
        <MediaContext.Provider value={loadMedia}>
          <Item
            key={content.kind}
            view={view}
            order={[]}
            response={answer}
            name="preview"
            labelledBy={HEADING}
            isDisabled={false}
            texts={language === 'vi' ? vietnamese : english}
            onAnswer={setAnswer}
            struck={[]}
          />
        </MediaContext.Provider>
      </ShadowFrame>
      {problems.map(({ code, values }, index) => (
        <p key={index} className="formula-wrong" role="alert">
          <Sentence code={code} values={values} />
        </p>
      ))}
    </>
  );
}

/** Fonts are declared to the document: what a shadow tree declares is not loaded. */
function useMathFonts(): void {
  useEffect(() => {
    if (document.getElementById('math-style')) return;
    const link = document.createElement('link');
    Object.assign(link, { id: 'math-style', rel: 'stylesheet', href: katexAddress });
    document.head.append(link);
  }, []);
}
