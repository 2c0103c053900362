import { TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { documentHeadWords } from '../words/document-head.ts';
import { useWords } from '../words/words.ts';

/** The head of official documents, which this browser keeps. */
export function useDocumentHead() {
  const [authority, setAuthority] = useLocalStorage({ key: 'niem-authority', defaultValue: '' });
  const [school, setSchool] = useLocalStorage({ key: 'niem-school', defaultValue: '' });
  return { authority, school, setAuthority, setSchool };
}

export function DocumentHeadFields({ head }: { head: ReturnType<typeof useDocumentHead> }) {
  const t = useWords(documentHeadWords);
  return (
    <div className="row-fields">
      <TextInput
        label={t('authority')}
        placeholder={t('authorityHint')}
        maxLength={200}
        value={head.authority}
        onChange={(event) => head.setAuthority(event.currentTarget.value)}
      />
      <TextInput
        label={t('school')}
        maxLength={200}
        value={head.school}
        onChange={(event) => head.setSchool(event.currentTarget.value)}
      />
    </div>
  );
}
