import type { Entry } from '../entry.ts';
import { Heading } from '../parts/heading.tsx';
import { useUi } from '../ui.ts';

/** Another device has the attempt: the proctor decides whether this one may go on in its place. */
export function Approval({ entry }: { entry: Entry }) {
  const { t } = useUi();
  return (
    <main className="card">
      <p className="brand">{t('product')}</p>
      <Heading>{t('approvalTitle')}</Heading>
      <output>{t('approvalHint')}</output>
      <p>
        <button type="button" onClick={() => void entry.giveUp()}>
          {t('back')}
        </button>
      </p>
    </main>
  );
}
