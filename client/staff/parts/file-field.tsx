import { Button } from '@mantine/core';
import { useId, useRef } from 'react';

interface FileFieldProps {
  label: string;
  hint: string;
  choose: string;
  accept: string;
  file: File | null;
  onChange(file: File | null): void;
}

/** A field for one file: a button that opens the chooser, and the name of what was chosen. Dropping works too. */
export function FileField({ label, hint, choose, accept, file, onChange }: FileFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is an extra for the mouse
    <div
      className="file-field"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onChange(event.dataTransfer.files[0] ?? null);
      }}
    >
      <label htmlFor={id}>{label}</label>
      <p className="quiet" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        ref={input}
        id={id}
        type="file"
        className="unseen"
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
      <div className="file-row">
        <Button variant="default" onClick={() => input.current?.click()} tabIndex={-1} aria-hidden="true">
          {choose}
        </Button>
        <output>{file && `${file.name} (${Math.max(1, Math.round(file.size / 1024))} KB)`}</output>
      </div>
    </div>
  );
}
