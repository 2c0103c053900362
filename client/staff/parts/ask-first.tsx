import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Confirm } from './confirm.tsx';

interface AskFirstProps<T> {
  /** What the button says. */
  label: string;
  /** Where the label alone does not tell what the button is about. */
  fullLabel?: string;
  isPrimary?: boolean;
  isSmall?: boolean;
  title: string;
  /** What will happen, in full, before it happens. */
  children: ReactNode;
  confirm: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
  /** What happens once it is confirmed; a refusal is shown in the dialog. */
  act: UseMutationResult<T, Error, void>;
}

/** A button that says what it will do, and does it when that is confirmed. */
export function AskFirst<T>(props: AskFirstProps<T>) {
  const { act } = props;
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button
        variant={props.isPrimary ? 'filled' : 'default'}
        size={props.isSmall ? 'xs' : 'sm'}
        aria-label={props.fullLabel}
        onClick={() => setAsking(true)}
      >
        {props.label}
      </Button>
      <Confirm
        opened={isAsking}
        title={props.title}
        confirm={props.confirm}
        isDangerous={props.isDangerous ?? false}
        isPending={act.isPending}
        isDisabled={props.isDisabled ?? false}
        error={act.error}
        onConfirm={() => act.mutate(undefined, { onSuccess: close })}
        onClose={close}
      >
        {props.children}
      </Confirm>
    </>
  );
}
