/**
 * What the name `react` means on the candidate's page: Preact, and of React's manners those that the page relies on.
 * Its own layer for that (preact/compat) brings many more, in 1.5 KB of the first response.
 */
import { options, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export { createContext, createElement, Fragment, render } from 'preact';
export { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

/** React's hook, for stores whose `read` gives the same value until something has changed. */
export function useSyncExternalStore<T>(subscribe: (changed: () => void) => () => void, read: () => T): T {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const changed = () => setValue(read);
    changed();
    return subscribe(changed);
  }, [subscribe, read]);
  return value;
}

/** Names that browsers write otherwise, and a value that would be left out. */
options.vnode = ({ type, props }: VNode<Record<string, unknown>>) => {
  if (typeof type !== 'string') return;
  for (const name of Object.keys(props)) {
    if (/^onCompo|^spellC/.test(name)) {
      props[name.toLowerCase()] = name[0] === 's' ? String(props[name]) : props[name];
      delete props[name];
    }
  }
};

options.event = (event) => Object.assign(event, { nativeEvent: event });
