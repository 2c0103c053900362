import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { createAudit, auditRoutes, type Audit } from '#server/audit';
import { banksRoutes, createBanks, type Banks } from '#server/banks';
import { createCustody } from '#server/custody';
import { createDelivery, deliveryRoutes, type CandidateRates, type Delivery } from '#server/delivery';
import { createExams, createItemUses, examsRoutes, type Exams, type Means } from '#server/exams';
import {
  createJobs,
  inFrontOf,
  jobRoutes,
  limitRequests,
  mountRoutes,
  openApi,
  pageRoutes,
  problemHandler,
  securityHeaders,
  sessionByCookie,
  type Clock,
  type Jobs,
  type MountOptions,
  type Route,
} from '#server/http';
import { createHasher, createIdentity, identityRoutes, type Identity } from '#server/identity';
import type { Keyring } from '#server/keys';
import { createMarking, markingRoutes, type Marking } from '#server/marking';
import { createProctoring, createWall, proctoringRoutes, type Proctoring } from '#server/proctoring';
import type { Journal, SecondDisk, Store, Standby } from '#server/storage';
import { clockRoutes, createTimekeeper, type OpenedClock, type Timekeeper } from '#server/timekeeping';
import type { Limits } from './config.ts';

interface AppDeps {
  store: Store;
  journal: Journal;
  keyring: Keyring;
  means: Means;
  /** How the standby of the embedded store stands, and whether this server may acknowledge; null without one. */
  standby: Standby | null;
  secondDisk: SecondDisk;
  openedClock: OpenedClock;
  tenant: string;
  log: Logger;
  /** Folder of the transparency log. */
  ledgerDir: string;
  /** Folder of the built browser pages. */
  clientDir: string;
  /** Name of the log: the host name clients know the server by. */
  origin: string;
  https: boolean;
  /** Root of the local authority, offered for installing; null without `--lan`. */
  rootCertificate: string | null;
  trustedProxies: readonly string[];
  rates: CandidateRates;
  limits: Limits;
  version: string;
}

/** Puts the modules together: each is given the ports and neighbours it uses and nothing else. */
export async function createApp(deps: AppDeps) {
  const { store, journal, keyring, tenant, log } = deps;
  const { clock } = deps.openedClock;
  const base = { store, clock, tenant };
  const audit = await createAudit({
    ...base,
    keyring: keyring.onlyLines('ledger'),
    dir: deps.ledgerDir,
    origin: deps.origin,
    ...(deps.standby && { mayGiveOut: deps.standby.hasCommits }),
    report: (error) => log.error({ err: error }, 'the ledger could not be written; it is tried again'),
  });
  const shared = { ...base, audit };
  const timekeeper = await createTimekeeper({ store, audit, log, opened: deps.openedClock });
  const jobs = createJobs({ clock, log, atOnce: deps.limits.jobs });
  const hasher = createHasher(await keyring.derive('identity', 'pepper'));
  const uses = createItemUses({ store, tenant, keyring: keyring.onlyLines('exam/*/marking') });
  const banks = createBanks({ ...shared, jobs, uses, keyring: keyring.onlyLines('bank/*/*', 'import') });
  const custody = createCustody({ store, tenant, clock, keyring: keyring.onlyLines('exam/*/paper') });
  const exams = await createExams({
    ...shared,
    jobs,
    banks,
    custody,
    means: deps.means,
    uses,
    replacing: {
      isReplaceable: (attempt) => delivery.mayBeSuperseded(attempt),
      async replaced(actor, { candidate, from, to }) {
        await delivery.supersede(from, to);
        await identity.candidates.release(actor, candidate, 'paper-replaced');
        delivery.cutOff(from);
        await proctoring.grantMissing();
      },
    },
    hashAccessCode: (code) => hasher.hash(code),
    keyring: keyring.onlyLines('exam/*/marking', 'exam/*/codes', 'identity'),
  });
  const identity = await createIdentity({
    ...shared,
    hasher,
    keyring: keyring.onlyLines('identity'),
    findSeat: (code, number) => exams.findSeat(code, number),
    onRelease: (attempt) => delivery.cutOff(attempt),
    onStaffChange: (user) => void wall.recheck(user),
    onDevices: (exam) => void wall.devicesChanged(exam),
  });
  const delivery = await createDelivery({
    ...shared,
    journal,
    secondDisk: deps.secondDisk,
    custody,
    rates: deps.rates,
    devices: deps.limits.devices,
    isSessionLive: (id) => identity.sessions.isLive(id),
    log,
    keyring: keyring.onlyLines('attempts/*', 'identity', 'receipts'),
  });
  const proctoring = createProctoring({
    ...shared,
    delivery,
    devices: identity.devices,
    means: deps.means,
    timekeeper,
    custody,
    keyring: keyring.onlyLines('identity'),
  });
  const wall = createWall({
    ...base,
    delivery,
    log,
    callerOf: (cookies) => sessionByCookie(cookies, mounting),
  });
  const marking = createMarking({
    ...shared,
    jobs,
    late: delivery.late,
    keyring: keyring.onlyLines(
      'attempts/*',
      'bank/*/content',
      'bank/*/marking',
      'exam/*/marking',
      'identity',
    ),
  });

  const routes = apiRoutes({
    jobs,
    identity,
    banks,
    exams,
    delivery,
    proctoring,
    marking,
    audit,
    timekeeper,
    clock,
  });
  const state = { ready: false };
  const mounting: MountOptions = {
    authenticate: (token) => identity.sessions.find(token),
    log,
    secureCookies: deps.https,
    limit: limitRequests(deps.limits),
    reserve: jobs.reserve,
  };
  const web = createWeb(
    deps,
    () => state.ready && audit.failure() === null && (deps.standby?.accepts() ?? true),
    {
      api: mountRoutes(routes, mounting),
      describe: () => openApi(routes, { version: deps.version, secureCookies: deps.https }),
    },
  );

  const housekeeping = keepHouse(log, [
    () => exams.sweepStaged(),
    () => banks.imports.recover(),
    () => banks.media.sweep(),
    () => identity.sweep(),
    () => proctoring.grantMissing(),
    () => delivery.retire(),
  ]);

  return {
    /** Answers every HTTP request. */
    listener: inFrontOf(web, routes, mounting),
    identity,
    /** Puts the sockets on a server that is about to listen. */
    attachSockets: (server: HttpServer | HttpsServer) => wall.attach(delivery.attachSockets(server)),
    setReady: (ready: boolean) => {
      state.ready = ready;
    },
    /** Ends what runs, in the order in which nothing acknowledged can be lost. */
    async stop(): Promise<void> {
      state.ready = false;
      await housekeeping.stop();
      wall.stop();
      await delivery.stop();
      custody.closeAll();
      await jobs.stop();
      hasher.close();
      await timekeeper.stop();
      await audit.stop();
    },
  };
}

export type App = Awaited<ReturnType<typeof createApp>>;

/** The modules that are spoken to over HTTP. */
export interface Modules {
  jobs: Jobs;
  identity: Identity;
  banks: Banks;
  exams: Exams;
  delivery: Delivery;
  proctoring: Proctoring;
  marking: Marking;
  audit: Audit;
  timekeeper: Timekeeper;
  clock: Clock;
}

/** Every route of the interface. Its modules are used when a route is called, not when it is declared. */
export function apiRoutes(modules: Modules): Route[] {
  return [
    ...jobRoutes(modules.jobs),
    ...identityRoutes(modules.identity),
    ...banksRoutes(modules.banks),
    ...examsRoutes(modules.exams),
    ...deliveryRoutes(modules.delivery, (origin) => modules.identity.knownDevices.nameFor(origin)),
    ...proctoringRoutes(modules.proctoring),
    ...markingRoutes(modules.marking),
    ...auditRoutes(modules.audit),
    ...clockRoutes(modules),
  ];
}

const HOUSEKEEPING_MS = 10 * 60_000;

/** Clears away what expired or was left by jobs that died with their process: at the start and now and then. */
function keepHouse(log: Logger, tasks: readonly (() => Promise<unknown>)[]) {
  const round = async () => {
    for (const task of tasks) {
      await task().catch((error: unknown) =>
        log.error({ err: error }, 'housekeeping failed; it is tried again'),
      );
    }
  };
  let running = round();
  const timer = setInterval(() => {
    running = running.then(round);
  }, HOUSEKEEPING_MS);
  timer.unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}

interface WebParts {
  api: express.Router;
  /** The description of the interface. */
  describe: () => object;
}

/** `ready`: storage is open, what happened is replayed, and privileged acts reach the ledger. */
function createWeb(deps: AppDeps, ready: () => boolean, parts: WebParts): Express {
  const web = express();
  web.disable('x-powered-by');
  web.disable('etag');
  web.set('trust proxy', deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false);
  web.use(securityHeaders({ https: deps.https }));
  web.get('/healthz', (_request, response) => response.json({ alive: true }));
  web.get('/readyz', (_request, response) => {
    const standby = deps.standby?.state();
    response.status(ready() ? 200 : 503).json({ ready: ready(), ...(standby && { standby }) });
  });
  let description: string | null = null;
  web.get('/api/openapi.json', (_request, response) => {
    description ??= JSON.stringify(parts.describe());
    response.type('json').send(description);
  });
  web.use('/api/v1', parts.api);
  if (deps.rootCertificate !== null) {
    const certificate = deps.rootCertificate;
    web.get('/lan-root.crt', (_request, response) => {
      response.type('application/x-x509-ca-cert').send(certificate);
    });
  }
  web.use(pageRoutes(deps.clientDir));
  web.use((_request, response) => response.status(404).type('text/plain').send('404\n'));
  web.use(problemHandler(deps.log));
  return web;
}

/** Where the store, the journal and the ledger lie in the data folder. */
export function dataPaths(dataDir: string) {
  return {
    store: join(dataDir, 'store'),
    journal: join(dataDir, 'journal'),
    ledger: join(dataDir, 'ledger'),
  };
}
