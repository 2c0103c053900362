import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import type { Presence } from './presence-queries.ts';
import { countStandings, STANDINGS, type Standing } from './standing.ts';

interface CountsProps {
  presence: Presence;
  shown: Standing | null;
  onShow(standing: Standing | null): void;
}

/** How many stand how; each is a button that shows only these. */
export function Counts({ presence, shown, onShow }: CountsProps) {
  const t = useWords(wallWords);
  const language = useLanguage();
  const counts = countStandings(presence.candidates);
  const isOpen = presence.state === 'open';
  return (
    <fieldset className="bare-set strip">
      <legend className="unseen">{t('show')}</legend>
      <button type="button" aria-pressed={shown === null} onClick={() => onShow(null)}>
        <strong>{number(presence.candidates.length, language)}</strong> {t('all')}
      </button>
      {STANDINGS.map((standing) => (
        <button
          key={standing}
          type="button"
          aria-pressed={shown === standing}
          data-tone={toneOf(standing, counts[standing], isOpen)}
          onClick={() => onShow(shown === standing ? null : standing)}
        >
          <strong>{number(counts[standing], language)}</strong> {t(standing)}
        </button>
      ))}
    </fieldset>
  );
}

function toneOf(standing: Standing, count: number, isOpen: boolean): string | undefined {
  if (!isOpen || count === 0) return undefined;
  return standing === 'lost' ? 'alarm' : standing === 'away' ? 'care' : undefined;
}
