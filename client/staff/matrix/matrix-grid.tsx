import { formatMark } from '#bank/marks';
import type { BlueprintReport, ItemKindName, Level, StrataReport } from '#bank/protocol';
import { CountField, PointsField } from '../parts/number-fields.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { kindNames, levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { AnswerField } from './answer-field.tsx';
import { columnKey, placedDrafts, type DraftPart, type DraftRow, type MatrixDraft } from './matrix-draft.ts';
import { levelsOf, profilesOf, setAnswer, setCell, setStatements, stockOf } from './matrix-edits.ts';
import { ProfileField } from './profile-field.tsx';
import type { Amount, PartTotals } from './matrix-totals.ts';

interface MatrixGridProps {
  draft: MatrixDraft;
  index: number;
  part: DraftPart;
  partTotals: PartTotals | undefined;
  strata: StrataReport;
  report: BlueprintReport | undefined;
  isEditable: boolean;
  onPart(edit: (part: DraftPart) => DraftPart): void;
}

interface GridColumn {
  key: string;
  kind: ItemKindName;
  level: Level;
}

/** A kind of which the bank has nothing yet stands in one column without a level. */
type ShownColumn = Omit<GridColumn, 'level'> & { level: Level | null };

/** Topics down, kind and level across, sums at the margins; every cell says what the bank has. */
export function MatrixGrid(props: MatrixGridProps) {
  const t = useWords(matrixWords);
  const kindName = useWords(kindNames);
  const levelName = useWords(levelNames);
  const { part, partTotals, strata } = props;
  const groups = part.kinds.map(({ kind }) => ({ kind, levels: levelsOf(part, kind, strata) }));
  const columns = groups.flatMap(({ kind, levels }): ShownColumn[] =>
    levels.length === 0
      ? [{ key: kind, kind, level: null }]
      : levels.map((level) => ({ key: columnKey(kind, level), kind, level })),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls is reached by keyboard
    <section className="grid-scroll" aria-label={part.title} tabIndex={0}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('topic')}
            </th>
            {groups.map(({ kind, levels }) => (
              <th key={kind} scope="colgroup" colSpan={Math.max(1, levels.length)}>
                {kindName(kind)}
              </th>
            ))}
            <th scope="col" rowSpan={2}>
              {t('sum')}
            </th>
          </tr>
          <tr>
            {columns.map(({ key, level }) => (
              <th key={key} scope="col">
                {level ? levelName(level) : t('noneInBank')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {part.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.topic}</th>
              {columns.map(({ key, kind, level }) =>
                level ? (
                  <GridCell key={key} {...props} row={row} column={{ key, kind, level }} />
                ) : (
                  <AmountCell key={key} amount={undefined} />
                ),
              )}
              <AmountCell amount={partTotals?.rows[row.key]} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('sum')}</th>
            {columns.map(({ key }) => (
              <AmountCell key={key} amount={partTotals?.columns[key]} />
            ))}
            <AmountCell amount={partTotals} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function AmountCell({ amount }: { amount: Amount | undefined }) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  return (
    <td className="amount">
      {amount && amount.count > 0
        ? t('amount', { count: amount.count, points: formatMark(amount.points, language) })
        : '–'}
    </td>
  );
}

function GridCell(props: MatrixGridProps & { row: DraftRow; column: GridColumn }) {
  const { draft, index, part, row, column, strata, report, isEditable, onPart } = props;
  const t = useWords(matrixWords);
  const kindName = useWords(kindNames);
  const levelName = useWords(levelNames);
  const names = { topic: row.topic, kind: kindName(column.kind), level: levelName(column.level) };
  const { count, points, statements, answer = 0 } = row.cells[column.key] ?? { count: 0, points: null };
  const have = stockOf(strata)(row.topic, column.kind, column.level, statements);
  const usual = part.kinds.find(({ kind }) => kind === column.kind)?.points ?? 0;
  const placed = placedDrafts(draft).find(
    (one) => one.part === index && one.place === row.key && one.column === column.key,
  );
  const judged = report?.cells.find(({ cell }) => cell === placed?.cell.id);
  const isJudged = count > 0 && judged?.need === count;
  const isShort =
    count > have || (isJudged && (judged.missing > 0 || judged.have - judged.blocked.enemies < count));
  const noteId = `${row.key}/${column.key}`;
  return (
    <td data-short={isShort || undefined} data-asked={count > 0 || undefined}>
      <CountField
        label={t('cellCount', names)}
        value={count}
        isDisabled={!isEditable}
        isWrong={isShort}
        describedBy={noteId}
        onChange={(value) => onPart((one) => setCell(one, row.key, column.key, { count: value }))}
      />
      {count > 0 && (
        <PointsField
          label={t('cellPoints', names)}
          hint={t('notMark')}
          className="small-field points"
          value={points ?? usual}
          isDisabled={!isEditable}
          onChange={(value) =>
            onPart((one) => setCell(one, row.key, column.key, { points: value === usual ? null : value }))
          }
        />
      )}
      {count > 1 && (
        <AnswerField
          label={t('cellAnswer', names)}
          count={count}
          answer={answer}
          isDisabled={!isEditable}
          onChange={(value) => onPart((one) => setAnswer(one, row.key, column.key, value))}
        />
      )}
      {count > 0 && column.kind === 'tfCluster' && (
        <ProfileField
          label={t('cellStatements', names)}
          profiles={profilesOf(strata, row.topic)}
          value={statements}
          isDisabled={!isEditable}
          onChange={(value) => onPart((one) => setStatements(one, row.key, column.key, value))}
        />
      )}
      <span id={noteId} className="cell-note">
        {isShort
          ? t('short', { need: count, have: have - rivalLoss(judged, have, count) })
          : t('has', { n: have })}
        {isShort && judged && judged.rivals.length > 0 && (
          <> · {t('rivals', { cells: judged.rivals.join(', ') })}</>
        )}
      </span>
      {placed && <span className="cell-id">{placed.cell.id}</span>}
    </td>
  );
}

/** Items that other cells take away from this one. */
function rivalLoss(judged: { missing: number } | undefined, have: number, count: number): number {
  if (!judged || count > have) return 0;
  return have - (count - judged.missing);
}
