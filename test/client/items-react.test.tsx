// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { decimalSuite, itemSuite, type Library } from './items-suite.tsx';
import { rareSuite } from './rare-suite.tsx';

let root: Root | null = null;
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const LIBRARY: Library = {
  name: 'React',
  mount(node) {
    root ??= createRoot(document.body.appendChild(document.createElement('div')));
    root.render(node);
  },
  unmount() {
    root?.unmount();
    root = null;
    document.body.replaceChildren();
  },
  act,
};

itemSuite(LIBRARY);
rareSuite(LIBRARY);

decimalSuite();
