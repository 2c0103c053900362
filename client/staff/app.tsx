import { useComputedColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { onSessionEnded } from './api/client.ts';
import { Home } from './home/home.tsx';
import { PAGES, type PageParams } from './pages.ts';
import { Broken } from './parts/broken.tsx';
import { Loading } from './parts/loading.tsx';
import { Notices } from './parts/notice.tsx';
import { Problem } from './parts/problem.tsx';
import { Join } from './session/join.tsx';
import { useMay, useMe } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';
import { NoPage } from './shell/no-page.tsx';
import { Shell } from './shell/shell.tsx';
import { Threshold } from './shell/threshold.tsx';

/** Addresses stand behind `#`, so that the server sends one page for all of them. */
const ROUTING = { hook: useHashLocation };

export function App() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
  }, [scheme]);
  return (
    <Router {...ROUTING}>
      <Switch>
        <Route path="/join/:token">
          {({ token }) => (
            <Threshold>
              <Join token={token} />
            </Threshold>
          )}
        </Route>
        <Route>
          <Inside />
        </Route>
      </Switch>
    </Router>
  );
}

/** The pages of somebody who is signed in. When the session ends, what is being entered stays behind the sign-in. */
function Inside() {
  const me = useMe();
  const queries = useQueryClient();
  const [hasEnded, setEnded] = useState(false);
  useEffect(() => onSessionEnded(() => queries.getQueryData(['me']) && setEnded(true)), [queries]);
  if (me.isPending) return <Loading />;
  if (me.data === undefined) {
    return (
      <Threshold>
        <Problem error={me.error} onRetry={() => void me.refetch()} />
      </Threshold>
    );
  }
  if (!me.data) {
    return (
      <Threshold>
        <SignIn />
      </Threshold>
    );
  }
  return (
    <>
      {hasEnded && (
        <Threshold isOver>
          <SignIn isAgain onDone={() => setEnded(false)} />
        </Threshold>
      )}
      <div inert={hasEnded} key={me.data.id}>
        <Notices>
          <Shell person={me.data}>
            <Pages />
          </Shell>
        </Notices>
      </div>
    </>
  );
}

function Pages() {
  const may = useMay();
  return (
    <Broken>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/">
            <Home />
          </Route>
          {PAGES.filter(({ access }) => may(access)).map(({ path, Page }) => (
            <Route key={path} path={path}>
              {(params) => <Page key={JSON.stringify(params)} params={params as PageParams} />}
            </Route>
          ))}
          <Route>
            <NoPage />
          </Route>
        </Switch>
      </Suspense>
    </Broken>
  );
}
