import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { LIMITS, type ImageRun } from '#bank/protocol';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { MarkupText } from './item-draft.ts';
import { readImage } from './read-image.ts';
import './editor.css';

/** What the buttons put around the selection. */
const INSERTS = [
  { word: 'bold', mark: 'B', before: '<b>', after: '</b>' },
  { word: 'italic', mark: 'I', before: '<i>', after: '</i>' },
  { word: 'sub', mark: 'x₂', before: '<sub>', after: '</sub>' },
  { word: 'sup', mark: 'x²', before: '<sup>', after: '</sup>' },
  { word: 'formula', mark: '$ $', before: '$', after: '$' },
  { word: 'fraction', mark: 'a⁄b', before: '$\\frac{', after: '}{}$' },
  { word: 'root', mark: '√', before: '$\\sqrt{', after: '}$' },
  { word: 'vector', mark: '→', before: '$\\vec{', after: '}$' },
] as const;

const KILOBYTE = 1024;
const BASE64_SHARE = 3 / 4;

interface MarkupFieldProps {
  label: string;
  description?: string;
  value: MarkupText;
  rows?: number;
  onChange(value: MarkupText): void;
}

/** A field for text with formulas, marks and pictures, in the small markup of bank/item. */
export function MarkupField({ label, description, value, rows = 2, onChange }: MarkupFieldProps) {
  const t = useWords(editorWords);
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (before: string, after: string) => {
    const area = field.current;
    if (!area) return;
    const { selectionStart: start, selectionEnd: end } = area;
    const inside = value.text.slice(start, end);
    onChange({
      ...value,
      text: value.text.slice(0, start) + before + inside + after + value.text.slice(end),
    });
    const place = start + before.length + inside.length;
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(place, place);
    });
  };
  return (
    <div className="markup">
      <Textarea
        ref={field}
        label={label}
        description={description}
        rows={rows}
        maxLength={LIMITS.textRun}
        spellCheck={false}
        value={value.text}
        onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
      />
      <fieldset className="bare-set inserts">
        <legend className="unseen">{`${t('formats')}: ${label}`}</legend>
        {INSERTS.map(({ word, mark, before, after }) => (
          <button
            key={word}
            type="button"
            aria-label={`${mark} ${t(word)}`}
            title={t(word)}
            onClick={() => insert(before, after)}
          >
            {mark}
          </button>
        ))}
        <AddImage
          onImage={(image) => {
            onChange({
              text: `${value.text}![${value.images.length + 1}]`,
              images: [...value.images, image],
            });
          }}
        />
      </fieldset>
      <Images value={value} onChange={onChange} />
    </div>
  );
}

function AddImage({ onImage }: { onImage(image: ImageRun): void }) {
  const t = useWords(editorWords);
  const input = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const image = await readImage(file);
    setWrong(image === null);
    if (image) onImage(image);
  };
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {t('image')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('image')}
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => {
          void read(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {isWrong && (
        <span role="alert" className="markup-wrong">
          {t('imageWrong', { kb: Math.floor((LIMITS.imageBase64 * BASE64_SHARE) / KILOBYTE) })}
        </span>
      )}
    </>
  );
}

function Images({ value, onChange }: Pick<MarkupFieldProps, 'value' | 'onChange'>) {
  const t = useWords(editorWords);
  const setAlt = (index: number, alt: string) =>
    onChange({
      ...value,
      images: value.images.map((one, place) => (place === index ? { ...one, alt } : one)),
    });
  return value.images.map((image, index) => (
    <Textarea
      key={index}
      mt="xs"
      rows={1}
      required
      label={t('imageAlt', { n: index + 1 })}
      description={t('imageAltHint')}
      maxLength={500}
      value={image.alt}
      onChange={(event) => setAlt(index, event.currentTarget.value)}
    />
  ));
}
