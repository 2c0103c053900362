import { create } from 'qrcode';
import type { AccessSlips } from '#bank/protocol';
import { slipWords } from '../words/roster.ts';
import { useWords } from '../words/words.ts';
import './slips.css';

const LOOPBACK = /^(localhost|127\.|\[::1\])/;

/** The address that candidates type or scan; null when this page was opened where only this computer gets. */
function candidateAddress(exam: string): string | null {
  if (LOOPBACK.test(location.host)) return null;
  return `${location.origin}/thi/${exam}`;
}

/** Slips in two columns with lines to cut along, eight on a sheet of A4. */
export function SlipSheet({ slips, label }: { slips: AccessSlips; label: string }) {
  const t = useWords(slipWords);
  const address = candidateAddress(slips.exam);
  return (
    <>
      {address === null && <p className="quiet no-print">{t('local')}</p>}
      <ul className="slips" aria-label={label}>
        {slips.slips.map((slip) => (
          <li key={slip.number} className="slip">
            <header>
              <p className="slip-kind">{t('slipTitle')}</p>
              <p className="slip-exam">{slips.title}</p>
            </header>
            <dl>
              <dt>{t('name')}</dt>
              <dd className="slip-name">{slip.name}</dd>
              {slip.class !== undefined && (
                <>
                  <dt>{t('class')}</dt>
                  <dd>{slip.class}</dd>
                </>
              )}
              <dt>{t('exam')}</dt>
              <dd className="mono">{slips.exam}</dd>
              <dt>{t('number')}</dt>
              <dd className="mono">{slip.number}</dd>
              <dt>{t('code')}</dt>
              <dd className="slip-code">{slip.code}</dd>
            </dl>
            <footer>
              {address !== null && (
                <>
                  <QrCode text={address} />
                  <span>
                    {t('address')}: <strong>{address.replace(/^https?:\/\//, '')}</strong>
                  </span>
                </>
              )}
              <span>{t('secret')}</span>
            </footer>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A QR code as one path; its text stands beside it in letters. */
function QrCode({ text }: { text: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const path = Array.from(modules.data, (isDark, index) =>
    isDark ? `M${index % modules.size} ${Math.floor(index / modules.size)}h1v1h-1z` : '',
  ).join('');
  return (
    <svg className="slip-qr" viewBox={`-2 -2 ${modules.size + 4} ${modules.size + 4}`} aria-hidden="true">
      <rect x="-2" y="-2" width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
