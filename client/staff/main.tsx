import '@mantine/core/styles.css';
import './staff.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError, UNREACHABLE } from './api/client.ts';
import { App } from './app.tsx';
import { cssVariables, theme } from './theme.ts';
import { allowPlainTextOnly, styleNonce } from './trusted-styles.ts';
import { currentLanguage } from './words/language.ts';

const RETRIES = 2;
const FRESH_MS = 3_000;

allowPlainTextOnly();
const nonce = styleNonce();
/** Read by get-nonce, through which the scroll lock of dialogs adds its style. */
Object.assign(globalThis, { __webpack_nonce__: nonce });
document.documentElement.lang = currentLanguage();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => count < RETRIES && error instanceof ApiError && error.code === UNREACHABLE,
    },
  },
});

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
