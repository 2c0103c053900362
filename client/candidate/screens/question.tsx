import { useMemo } from 'react';
import type { Response } from '#bank/protocol';
import { Item, RichText } from '../../items/index.tsx';
import { canEdit, placeOf, type ExamState, type SlotStatus } from '../../core/index.ts';
import type { OpenPaper, OpenSlot } from '../device/open-paper.ts';
import { points } from '../format.ts';
import type { Session } from '../session.ts';
import { useExamUi } from '../exam-ui.ts';

const NONE: readonly string[] = [];
/** From here on a reading stands beside its question instead of folded above it. */
const WIDE = '(min-width: 64rem)';

interface QuestionProps {
  state: ExamState;
  session: Session;
  paper: OpenPaper;
  status: SlotStatus;
  onList(): void;
}

/** One question: reading, stem, answer fields, and the moves below. */
export function Question({ state, session, paper, status, onList }: QuestionProps) {
  const { t, language } = useExamUi();
  const { slot } = status;
  const place = placeOf(paper.shape, slot);
  const open = paper.slots[place];
  const shape = paper.shape.slots[place];
  if (!open || !shape) return null;
  const reading = shape.reading === undefined ? null : paper.slots[shape.reading];
  const isLast = place === paper.slots.length - 1;
  const move = (to: number) => () =>
    session.dispatch(isLast && to > slot ? { type: 'view', view: 'review' } : { type: 'go', slot: to });
  return (
    <>
      <main className={reading ? 'sheet paired' : 'sheet'}>
        <p className="meta">
          {paper.shape.parts[status.part]?.title}
          {shape.points > 0 && ` · ${t('points', { points: points(shape.points, language) })}`}
        </p>
        {reading && (
          <details className="reading" open={matchMedia(WIDE).matches}>
            <summary>{t('reading')}</summary>
            <RichText value={reading.view.stem} />
          </details>
        )}
        <div>
          <Answer
            key={slot}
            open={open}
            slot={slot}
            response={state.answers[slot] ?? null}
            struck={state.struck[slot] ?? NONE}
            isDisabled={!canEdit(state)}
            session={session}
          />
          {status.progress !== 'none' && canEdit(state) && (
            <button type="button" className="plain" onClick={() => session.answer(slot, null)}>
              {t('clear')}
            </button>
          )}
        </div>
      </main>
      <footer className="moves">
        <button type="button" disabled={place === 0} onClick={move(slot - 1)}>
          ‹ {t('previous')}
        </button>
        <button
          type="button"
          aria-pressed={status.isFlagged}
          onClick={() => session.dispatch({ type: 'flag', slot })}
        >
          <i className="flag-sign" /> {t('flag')}
        </button>
        <button type="button" id="list" className="narrow" onClick={onList}>
          {t('listShort')}
        </button>
        <button type="button" className="primary" onClick={move(slot + 1)}>
          {isLast ? t('reviewShort') : t('next')} ›
        </button>
      </footer>
    </>
  );
}

interface AnswerProps {
  open: OpenSlot;
  slot: number;
  response: Response;
  struck: readonly string[];
  isDisabled: boolean;
  session: Session;
}

/** The question itself, drawn again only when something of it has changed, not with every tick of the clock. */
function Answer({ open, slot, response, struck, isDisabled, session }: AnswerProps) {
  const { items } = useExamUi();
  return useMemo(
    () => (
      <Item
        view={open.view}
        order={open.order}
        response={response}
        name={`q${slot}`}
        labelledBy="heading"
        isDisabled={isDisabled}
        texts={items}
        onAnswer={(answer, typing) => session.answer(slot, answer, typing)}
        struck={struck}
        onStrike={(token) => session.dispatch({ type: 'strike', slot, token })}
      />
    ),
    [open, slot, response, isDisabled, session, items, struck],
  );
}
