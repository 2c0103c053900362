// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { vi } from 'vitest';
import { render } from '../../client/candidate/react.ts';
import { itemSuite, type Library } from './items-suite.tsx';
import { rareSuite } from './rare-suite.tsx';

vi.mock('react', () => import('../../client/candidate/react.ts'));
vi.mock('react/jsx-runtime', () => import('preact/jsx-runtime'));
vi.mock('react/jsx-dev-runtime', () => import('preact/jsx-runtime'));

const LIBRARY: Library = {
  name: 'Preact',
  mount: (node) => render(node as Parameters<typeof render>[0], document.body),
  unmount: () => render(null, document.body),
  act: (change) => void act(change),
};

itemSuite(LIBRARY);
rareSuite(LIBRARY);
