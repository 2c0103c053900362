import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { Problem } from './problem.tsx';

interface ConfirmProps {
  opened: boolean;
  title: string;
  /** What will happen, in full, before it happens. */
  children: ReactNode;
  confirm: string;
  isDangerous?: boolean;
  isPending?: boolean;
  isDisabled?: boolean;
  error?: unknown;
  onConfirm(): void;
  onClose(): void;
}

export function Confirm(props: ConfirmProps) {
  const t = useWords(shellWords);
  return (
    <Dialog opened={props.opened} title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onConfirm();
        }}
      >
        <Stack>
          {props.children}
          {props.error ? <Problem error={props.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('goBack')}
            </Button>
            <Button
              type="submit"
              color={props.isDangerous ? 'red' : 'accent'}
              loading={props.isPending ?? false}
              disabled={props.isDisabled ?? false}
            >
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface DialogProps {
  opened: boolean;
  title: string;
  size?: string;
  children: ReactNode;
  onClose(): void;
}

/** A dialog with a heading and a close button that speaks the page's language; Escape closes it. */
export function Dialog({ opened, title, size = 'md', children, onClose }: DialogProps) {
  const t = useWords(shellWords);
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title className="dialog-title">{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
