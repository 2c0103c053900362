import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { currentLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { sayer } from '../words/words.ts';
import { Empty } from './page.tsx';

/** Catches what breaks while a page is drawn, a part of the program that cannot be fetched included. */
export class Broken extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    const t = sayer(shellWords, currentLanguage());
    return (
      <Empty
        title={t('pageBroke')}
        hint={t('pageBrokeHint')}
        action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      />
    );
  }
}
