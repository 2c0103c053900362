import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ExamView } from '#bank/protocol';
import { Loading } from '../parts/loading.tsx';
import { CountField, PointsField } from '../parts/number-fields.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { AnswerField } from './answer-field.tsx';
import { USUAL_POINTS, type DraftPart, type MatrixDraft } from './matrix-draft.ts';
import { freshKey, setList, setListAnswer } from './matrix-edits.ts';

const ItemPicker = lazy(async () => ({ default: (await import('./item-picker.tsx')).ItemPicker }));

interface MatrixListsProps {
  exam: ExamView;
  draft: MatrixDraft;
  part: DraftPart;
  isEditable: boolean;
  onPart(edit: (part: DraftPart) => DraftPart): void;
}

/** The simple form: so many questions out of a list that was picked by hand. */
export function MatrixLists({ exam, draft, part, isEditable, onPart }: MatrixListsProps) {
  const t = useWords(matrixWords);
  const [picking, setPicking] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const pick = (key: string) => {
    setPicking(key);
    setOpen(true);
  };
  const picked = part.lists.find(({ key }) => key === picking);
  const add = () => {
    const list = { key: freshKey(draft), count: 10, points: USUAL_POINTS.choice, items: [] };
    onPart((one) => ({ ...one, lists: [...one.lists, list] }));
    pick(list.key);
  };
  if (part.lists.length === 0 && !isEditable) return null;
  return (
    <div className="lists">
      {part.lists.map(({ key, count, points, items, answer = 0 }) => (
        <div key={key} className="list-row" data-short={items.length < count || undefined}>
          <p>{t('listRow', { count, n: items.length })}</p>
          <Group gap="sm" align="flex-end">
            <div>
              <p className="field-label">{t('listCount')}</p>
              <CountField
                label={t('listCount')}
                value={count}
                isDisabled={!isEditable}
                isWrong={items.length < count}
                onChange={(value) => onPart((one) => setList(one, key, { count: value }))}
              />
            </div>
            <div>
              <p className="field-label">{t('listPoints')}</p>
              <PointsField
                label={t('listPoints')}
                hint={t('notMark')}
                value={points}
                isDisabled={!isEditable}
                onChange={(value) => onPart((one) => setList(one, key, { points: value }))}
              />
            </div>
            {count > 1 && (
              <AnswerField
                label={t('listAnswer')}
                count={count}
                answer={answer}
                isDisabled={!isEditable}
                onChange={(value) => onPart((one) => setListAnswer(one, key, value))}
              />
            )}
            {isEditable && (
              <>
                <Button variant="default" onClick={() => pick(key)}>
                  {t('listPick', { n: items.length })}
                </Button>
                <Button
                  variant="default"
                  onClick={() =>
                    onPart((one) => ({ ...one, lists: one.lists.filter((list) => list.key !== key) }))
                  }
                >
                  {t('removeList')}
                </Button>
              </>
            )}
          </Group>
        </div>
      ))}
      {isEditable && (
        <Button variant="subtle" size="sm" onClick={add}>
          {t('addList')}
        </Button>
      )}
      {picked && (
        <Suspense fallback={<Loading />}>
          <ItemPicker
            opened={isOpen}
            bank={exam.bank}
            isOfficial={exam.profile !== 'P0'}
            picked={picked.items}
            onChange={(items) => onPart((one) => setList(one, picked.key, { items }))}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
