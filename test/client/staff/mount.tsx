import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { vi } from 'vitest';
import { Notices } from '../../../client/staff/parts/notice.tsx';
import { cssVariables, theme } from '../../../client/staff/theme.ts';

declare global {
  // oxlint-disable-next-line vars-on-top -- how React learns that updates are awaited by `act`
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

/** Lets React finish what follows from one act of a person. What answers of a server bring comes by itself. */
async function acting(work: () => void): Promise<void> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    await act(async () => work());
  } finally {
    globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  }
}

interface Call {
  method: string;
  path: string;
  body: unknown;
}

type Answer = (call: Call) => { status: number; body?: unknown };

/** Answers every call of the page in place of a server, and keeps what was asked. */
export function answerCalls(answer: Answer): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const call = { method: init.method ?? 'GET', path: address.replace('/api/v1', ''), body };
    calls.push(call);
    const { status, body: reply } = answer(call);
    return new Response(status === 204 ? null : JSON.stringify(reply), { status });
  });
  return calls;
}

let mounted: Root | null = null;

/** Draws a part of the pages as `main.tsx` does, at an address of the staff pages, in place of what was drawn. */
export async function mount(node: ReactNode, path = '/') {
  await acting(() => mounted?.unmount());
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  const location = memoryLocation({ path, record: true });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root = createRoot(host);
  mounted = root;
  await acting(() => {
    root.render(
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
        <QueryClientProvider client={queries}>
          <Router hook={location.hook}>
            <Notices>{node}</Notices>
          </Router>
        </QueryClientProvider>
      </MantineProvider>,
    );
  });
  return { location };
}

/** Types into a field as a person does: React hears it. */
export async function type(field: Element | null, text: string): Promise<void> {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
    throw new Error('no field');
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set;
  await acting(() => {
    set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function click(element: Element | null | undefined): Promise<void> {
  if (!(element instanceof HTMLElement)) throw new Error('nothing to click');
  await acting(() => element.click());
}

/** Far more than a page needs on a busy computer. */
const PATIENCE = { timeout: 20_000, interval: 10 };

/** Waits until the page says so. */
export async function until(holds: () => boolean): Promise<void> {
  const check = () => {
    if (!holds()) throw new Error(`not yet: ${document.body.textContent}`);
  };
  await vi.waitFor(check, PATIENCE);
}

/** The field whose label begins with this text. */
export function field(label: string): Element | null {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent.startsWith(label));
  return found ? document.getElementById(found.htmlFor) : document.querySelector(`[aria-label="${label}"]`);
}

export function button(text: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].find((one) => one.textContent.includes(text));
}
