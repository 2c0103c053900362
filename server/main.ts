import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { knownAs, localCertificate, type LocalCertificate } from '#server/http';
import { openClock } from '#server/timekeeping';
import { createApp, dataPaths, type App } from './app.ts';
import type { Config } from './config.ts';
import { lastTimeOf, openStorage, setting } from './open-storage.ts';
import { readVersion } from './version.ts';

export { dataPaths } from './app.ts';
export { address, ConfigError, readConfig, reportPath, SETTINGS, type Config } from './config.ts';
export { readVersion } from './version.ts';

export interface RunningServer {
  /** Address to open in a browser of this computer. */
  url: string;
  /** Addresses under which other devices reach it. */
  addresses: string[];
  /** One-time link that creates the administrator; null once there is an account. */
  setupUrl: string | null;
  /** Fingerprint of the local authority's root, with `--lan`. */
  rootFingerprint: string | null;
  /** Resolves when the journal can acknowledge nothing any more; the process must then end at once, as by a kill. */
  lost: Promise<Error>;
  stop(): Promise<void>;
}

/** Who has not sent the head of a request by then is cut off: milliseconds, looked at every two seconds. */
const PATIENCE = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/**
 * Connections that the system keeps until they are taken: a hall that comes in one moment. Of those beyond it, it drops
 * what they send, and they try again after seconds. Linux takes at most `net.core.somaxconn`, 4096.
 */
const BACKLOG = 4096;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Opens storage and keys, replays the journal, listens. What it opened is closed again when a step fails. */
export async function startServer({
  config,
  lan = false,
}: {
  config: Config;
  lan?: boolean;
}): Promise<RunningServer> {
  const log = operationalLog(config.logLevel);
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of opened.reverse()) await end();
  };
  try {
    return await open(config, lan, log, opened, close);
  } catch (error) {
    await close().catch((failure: unknown) =>
      log.error({ err: failure }, 'closing after a failed start failed'),
    );
    throw error;
  }
}

async function open(
  config: Config,
  lan: boolean,
  log: Logger,
  opened: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<RunningServer> {
  const paths = dataPaths(config.dataDir);
  const storage = await openStorage(config, log, opened);
  const { store, journal, keyring, tenant, lost } = storage;

  const local = lan ? await localCertificate(join(dirname(config.keyFile), 'lan-authority.json')) : null;
  const tls = local ?? config.tls;
  const publicUrl = config.publicUrl ? new URL(config.publicUrl) : null;
  const https = tls !== null || publicUrl?.protocol === 'https:';
  const openedClock = await openClock(store, await lastTimeOf(journal, store));
  const app = await createApp({
    store,
    journal,
    keyring,
    means: storage.means,
    standby: storage.standby,
    secondDisk: storage.secondDisk,
    openedClock,
    tenant,
    log,
    ledgerDir: paths.ledger,
    clientDir: join(root, 'client'),
    origin: await setting(store, 'log-origin', `niem/${publicUrl?.host ?? tenant}`),
    https,
    trustedProxies: config.trustedProxies,
    rates: config.rates,
    limits: config.limits,
    rootCertificate: local?.root ?? null,
    version: readVersion(),
  });

  const server = tls
    ? createHttpsServer({ ...PATIENCE, cert: tls.cert, key: tls.key }, app.listener)
    : createHttpServer(PATIENCE, app.listener);
  app.attachSockets(server);
  if (publicUrl && config.trustedProxies.length > 0) knownAs(server, publicUrl);
  opened.push(
    () => closeServer(server),
    () => app.stop(),
  );
  await listen(server, config);
  app.setReady(true);
  const scheme = tls ? 'https' : 'http';
  return describe({
    app,
    server,
    config,
    local,
    publicUrl: publicUrl?.origin ?? null,
    scheme,
    lost,
    stop: close,
  });
}

async function listen(server: Server, config: Config): Promise<void> {
  server.listen({ port: config.port, host: config.host, backlog: BACKLOG });
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code !== 'EADDRINUSE') throw error;
      throw new Error(`Port ${config.port} is in use. Stop the other program or set NIEM_PORT.`);
    }),
  ]);
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}

interface Running {
  app: App;
  server: Server;
  config: Config;
  local: LocalCertificate | null;
  publicUrl: string | null;
  scheme: 'http' | 'https';
  lost: Promise<Error>;
  stop(): Promise<void>;
}

async function describe(running: Running): Promise<RunningServer> {
  const { app, server, config, local, scheme } = running;
  const { port } = server.address() as AddressInfo;
  const hosts = local?.names ?? [
    config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host,
  ];
  const addresses = running.publicUrl
    ? [running.publicUrl]
    : hosts.map((host) => `${scheme}://${host}:${port}`);
  const url =
    running.publicUrl ?? addresses.find((address) => /localhost|127\./.test(address)) ?? addresses[0] ?? '';
  const setup = (await app.identity.staff.setupNeeded()) ? await app.identity.staff.createSetupToken() : null;
  return {
    url,
    addresses,
    setupUrl: setup && `${url}/staff/#/join/${setup}`,
    rootFingerprint: local?.fingerprint ?? null,
    lost: running.lost,
    stop: running.stop,
  };
}

/** Operational log without personal data or secrets; the audit record is the ledger, never this. */
function operationalLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: errorRecord },
      redact: ['*.password', '*.code', '*.token', '*.cookie', '*.name', 'req.headers'],
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** Further members of an error may hold what somebody typed; its kind and its stack say where to look. */
function errorRecord(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, stack, cause } = error;
  return { type: name, stack, ...(cause !== undefined && { cause: errorRecord(cause) }) };
}
