import { Text } from '@mantine/core';
import { useId, useState } from 'react';
import { RELEASE_REASONS, type DeviceVerdict, type ReleaseReason, type WaitingDevice } from '#bank/protocol';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { useMay } from '../session/session.ts';
import { clockTime } from '../words/format.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { useDeviceDecision, useWaitingDevices } from './device-queries.ts';
import { Reasons } from './reasons.tsx';

interface DevicesProps {
  exam: string;
  pollMs: number | false;
}

/** Devices that want to go on in place of another, above everything else: somebody is waiting there. */
export function Devices({ exam, pollMs }: DevicesProps) {
  const t = useWords(wallWords);
  const title = useId();
  const { data } = useWaitingDevices(exam, pollMs);
  const [asked, setAsked] = useState<{ waiting: WaitingDevice; verdict: DeviceVerdict } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const requests = data?.requests ?? [];
  const decide = (waiting: WaitingDevice, verdict: DeviceVerdict) => {
    setAsked({ waiting, verdict });
    setOpen(true);
  };
  return (
    <>
      <div aria-live="polite">
        {requests.length > 0 && (
          <section className="devices" aria-labelledby={title}>
            <h2 id={title}>{t('devicesTitle', { n: requests.length })}</h2>
            <ul>
              {requests.map((waiting) => (
                <Waiting key={waiting.request} waiting={waiting} onDecide={decide} />
              ))}
            </ul>
          </section>
        )}
      </div>
      {asked && (
        <Decision
          key={`${asked.waiting.request} ${asked.verdict}`}
          {...asked}
          exam={exam}
          opened={isOpen}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface WaitingProps {
  waiting: WaitingDevice;
  onDecide(waiting: WaitingDevice, verdict: DeviceVerdict): void;
}

function Waiting({ waiting, onDecide }: WaitingProps) {
  const t = useWords(wallWords);
  const may = useMay();
  const { number, name, askedAt, device } = waiting;
  const what = [t(device.kind), device.system, device.network].filter(Boolean).join(', ');
  return (
    <li>
      <span>
        <strong>
          {number} · {name}
        </strong>{' '}
        {t('deviceSince', { time: clockTime(askedAt), what })}
      </span>
      {may('exams.start') && (
        <span className="row-acts">
          {(['approve', 'refuse'] as const).map((verdict) => (
            <button
              key={verdict}
              type="button"
              className="row-button"
              aria-label={`${t(verdict)}: ${name}`}
              onClick={() => onDecide(waiting, verdict)}
            >
              {t(verdict)}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

interface DecisionProps {
  exam: string;
  waiting: WaitingDevice;
  verdict: DeviceVerdict;
  opened: boolean;
  onClose(): void;
}

/** Never without a reason. */
function Decision({ exam, waiting: { request, name, number }, verdict, opened, onClose }: DecisionProps) {
  const t = useWords(wallWords);
  const notice = useNotice();
  const [reason, setReason] = useState<ReleaseReason>('device-failed');
  const isApproval = verdict === 'approve';
  const decision = useDeviceDecision(exam, () => {
    onClose();
    notice(t(isApproval ? 'approved' : 'refused', { name }));
  });
  return (
    <Confirm
      opened={opened}
      title={t(isApproval ? 'approveTitle' : 'refuseTitle', { name })}
      confirm={t(verdict)}
      isPending={decision.isPending}
      error={decision.error}
      onConfirm={() => decision.mutate({ request, verdict, reason })}
      onClose={onClose}
    >
      <Text>{t(isApproval ? 'approveWhat' : 'refuseWhat', { number })}</Text>
      <Reasons reasons={RELEASE_REASONS} value={reason} name={t} onChange={setReason} />
    </Confirm>
  );
}
