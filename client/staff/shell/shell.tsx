import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Access, StaffPerson } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useMay, useSessionChange } from '../session/session.ts';
import { roleNames } from '../words/names.ts';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { LanguageSwitch, SchemeSwitch } from './switches.tsx';
import { Seal } from './threshold.tsx';

const SECTIONS: readonly { to: string; word: keyof typeof shellWords; access: Access }[] = [
  { to: '/', word: 'home', access: 'staff' },
  { to: '/banks', word: 'banks', access: 'banks.read' },
  { to: '/exams', word: 'exams', access: 'exams.read' },
  { to: '/people', word: 'people', access: 'people.read' },
  { to: '/audit', word: 'audit', access: 'audit.read' },
];

/** Header, sections and content. Below 60rem the sections open from a button. */
export function Shell({ person, children }: { person: StaffPerson; children: ReactNode }) {
  const t = useWords(shellWords);
  const [location] = useLocation();
  const [openAt, setOpenAt] = useState('');
  const isOpen = openAt === location;
  return (
    <div className="shell">
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('#content')?.focus();
        }}
      >
        {t('skip')}
      </a>
      <header className="top">
        <button
          type="button"
          className="burger"
          aria-expanded={isOpen}
          aria-controls="sections"
          aria-label={isOpen ? t('menuClose') : t('menu')}
          onClick={() => setOpenAt(isOpen ? '' : location)}
        >
          <span aria-hidden="true">{isOpen ? '✕' : '☰'}</span>
        </button>
        <Link href="/" className="brand">
          <Seal /> {t('product')}
        </Link>
        <span className="switches">
          <SchemeSwitch />
          <LanguageSwitch />
        </span>
      </header>
      <div id="sections" className={isOpen ? 'side open' : 'side'}>
        <nav aria-label={t('sections')}>
          <Sections location={location} />
        </nav>
        <Account person={person} />
      </div>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Sections({ location }: { location: string }) {
  const t = useWords(shellWords);
  const may = useMay();
  return (
    <ul>
      {SECTIONS.filter(({ access }) => may(access)).map(({ to, word }) => {
        const isHere = to === '/' ? location === '/' : location.startsWith(to);
        return (
          <li key={to}>
            <Link href={to} aria-current={isHere ? 'page' : undefined}>
              {t(word)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Account({ person }: { person: StaffPerson }) {
  const t = useWords(shellWords);
  const role = useWords(roleNames);
  const { signedOut } = useSessionChange();
  const [, navigate] = useLocation();
  const signOut = useMutation({
    mutationFn: () => api.post('/sign-out'),
    onSuccess: () => {
      navigate('/');
      signedOut();
    },
  });
  return (
    <section className="account" aria-label={t('you')}>
      <p>
        <strong>{person.name}</strong>
        <br />
        <span className="quiet">{person.roles.map((name) => role(name)).join(', ')}</span>
      </p>
      <button type="button" className="switch" onClick={() => signOut.mutate()}>
        {t('signOut')}
      </button>
    </section>
  );
}
