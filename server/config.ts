import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import envPaths from 'env-paths';
import { CANDIDATE_RATES, DEVICES_PER_ATTEMPT, type CandidateRates } from '#server/delivery';
import { JOBS_AT_ONCE, REQUEST_RATES } from '#server/http';
import type { Address, PeerFiles } from '#server/storage';

interface TlsFiles {
  cert: string;
  key: string;
}

/** How much one person may ask of the server. */
export interface Limits {
  /** Requests in a minute. */
  person: number;
  /** Requests in a minute of all who are not signed in, from one address. */
  address: number;
  /** Large pieces of work at once. */
  jobs: number;
  /** Changes of device of one attempt. */
  devices: number;
}

const LIMITS: Limits = { ...REQUEST_RATES, jobs: JOBS_AT_ONCE, devices: DEVICES_PER_ATTEMPT };

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  keyFile: string;
  keyPassphrase: string | null;
  databaseUrl: string | null;
  tls: TlsFiles | null;
  /** Addresses of reverse proxies whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[];
  /** Address under which clients reach this server, when it is not the one it listens on. */
  publicUrl: string | null;
  /** How often one candidate may send each event. */
  rates: CandidateRates;
  limits: Limits;
  /** Where a standby listens; null when there is none. */
  standby: Address | null;
  /** What this computer proves itself with to primary or standby, and knows the other by. */
  standbyTls: PeerFiles | null;
  logLevel: string;
}

export const SETTINGS = {
  NIEM_HOST: {
    default: '127.0.0.1',
    about: 'Address to listen on. Anything but loopback needs TLS or a trusted proxy.',
  },
  NIEM_PORT: { default: '8080', about: 'Port to listen on; 0 takes a free one.' },
  NIEM_DATA: { default: 'data/niem', about: 'Data folder. One process owns it.' },
  NIEM_KEY_FILE: {
    default: 'keys.json in the configuration folder of the user',
    about: 'Key file, never inside the data folder.',
  },
  NIEM_KEY_PASSPHRASE: { default: '', about: 'Passphrase of the key file, when it has one.' },
  NIEM_DATABASE_URL: {
    default: '',
    about: 'MongoDB replica set for store and journal; without it both lie in the data folder.',
  },
  NIEM_TLS_CERT: { default: '', about: 'Certificate chain file (PEM).' },
  NIEM_TLS_KEY: { default: '', about: 'Private key file (PEM).' },
  NIEM_TRUSTED_PROXY: {
    default: '',
    about: 'Addresses of reverse proxies that end TLS, separated by commas.',
  },
  NIEM_PUBLIC_URL: {
    default: '',
    about: 'Address under which clients reach the server; needed behind a proxy.',
  },
  NIEM_CANDIDATE_RATES: {
    default: 'join=1/10,save=10/50,submit=2/60',
    about: 'Messages per second of one candidate / how many at once. What is left out keeps its default.',
  },
  NIEM_LIMITS: {
    default: Object.entries(LIMITS)
      .map(([name, most]) => `${name}=${most}`)
      .join(','),
    about:
      'Requests a minute of one person, and of strangers at one address; large pieces of work of one person at once; ' +
      'devices of one attempt. What is left out keeps its default.',
  },
  NIEM_STANDBY: {
    default: '',
    about:
      'HOST:PORT of a standby ("niem standby") that gets every answer and every decision. Exams of profile P2 and P3 ' +
      'need one: their answers are acknowledged when both disks have them.',
  },
  NIEM_STANDBY_TLS_CERT: { default: '', about: 'Certificate of this computer towards the other (PEM).' },
  NIEM_STANDBY_TLS_KEY: { default: '', about: 'Its private key (PEM).' },
  NIEM_STANDBY_TLS_CA: { default: '', about: 'Authority that signed the certificates of both (PEM).' },
  NIEM_LOG_LEVEL: { default: 'info', about: 'fatal, error, warn, info, debug, trace or silent.' },
} as const;

type Setting = keyof typeof SETTINGS;
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Every mistake of the environment at once, a sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads and checks the `NIEM_*` environment. `lan` is set by `niem serve --lan`, which brings its own certificate.
 * @throws ConfigError with one sentence per mistake.
 */
export function readConfig(env: NodeJS.ProcessEnv, { lan = false }: { lan?: boolean } = {}): Config {
  const problems: string[] = [];
  const value = (name: Setting) => env[name]?.trim() || '';
  const text = (name: Setting) => value(name) || SETTINGS[name].default;
  for (const name of Object.keys(env)) {
    if (name.startsWith('NIEM_') && !(name in SETTINGS) && !name.startsWith('NIEM_TEST_')) {
      problems.push(`${name} is not a setting of Niêm. Check its spelling, or remove it.`);
    }
  }
  const dataDir = resolve(text('NIEM_DATA'));
  const config: Config = {
    host: lan && !value('NIEM_HOST') ? '0.0.0.0' : text('NIEM_HOST'),
    port: port(text('NIEM_PORT'), problems),
    dataDir,
    keyFile: keyFile(value('NIEM_KEY_FILE'), dataDir, problems),
    keyPassphrase: value('NIEM_KEY_PASSPHRASE') || null,
    databaseUrl: databaseUrl(value('NIEM_DATABASE_URL'), problems),
    tls: tls(value('NIEM_TLS_CERT'), value('NIEM_TLS_KEY'), problems),
    trustedProxies: trustedProxies(value('NIEM_TRUSTED_PROXY'), problems),
    publicUrl: publicUrl(value('NIEM_PUBLIC_URL'), problems),
    rates: rates(value('NIEM_CANDIDATE_RATES'), problems),
    limits: limits(value('NIEM_LIMITS'), problems),
    standby: value('NIEM_STANDBY') ? address('NIEM_STANDBY', value('NIEM_STANDBY'), problems) : null,
    standbyTls: peerFiles(value, problems),
    logLevel: text('NIEM_LOG_LEVEL'),
  };
  if (!LEVELS.includes(config.logLevel)) {
    problems.push(`NIEM_LOG_LEVEL is "${config.logLevel}". Choose one of ${LEVELS.join(', ')}.`);
  }
  requireSafeTransport(config, lan, problems);
  requireStandby(config, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Where the last report of `niem doctor` is kept: beside the key file, since its key is wrapped by the root key. */
export function reportPath({ keyFile }: Pick<Config, 'keyFile'>): string {
  return join(dirname(keyFile), 'database-report.json');
}

function requireSafeTransport(config: Config, lan: boolean, problems: string[]): void {
  const proxied = config.trustedProxies.length > 0;
  if (proxied && !config.publicUrl) {
    problems.push(
      'NIEM_TRUSTED_PROXY is set, so NIEM_PUBLIC_URL must name the https:// address that clients use.',
    );
  }
  if (proxied && config.publicUrl && !config.publicUrl.startsWith('https:')) {
    problems.push('NIEM_PUBLIC_URL must begin with https:// when a proxy ends TLS in front of this server.');
  }
  if (!lan && !config.tls && !proxied && !LOOPBACK.test(config.host)) {
    problems.push(
      `NIEM_HOST is ${config.host}, which others can reach, but there is no encryption. Set NIEM_TLS_CERT and ` +
        'NIEM_TLS_KEY, or NIEM_TRUSTED_PROXY, or start with "npm start -- --lan", or listen on 127.0.0.1.',
    );
  }
}

function requireStandby(config: Config, problems: string[]): void {
  if (config.standby && config.databaseUrl) {
    problems.push(
      'NIEM_STANDBY and NIEM_DATABASE_URL exclude each other: in MongoDB the other members of the replica set are ' +
        'the standby. Remove one of the two.',
    );
  }
  if (config.standby && !config.standbyTls) {
    problems.push(
      'NIEM_STANDBY needs NIEM_STANDBY_TLS_CERT, NIEM_STANDBY_TLS_KEY and NIEM_STANDBY_TLS_CA. Make them with ' +
        '"niem standby-certificates".',
    );
  }
}

function port(text: string, problems: string[]): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  problems.push(`NIEM_PORT is "${text}". Give a whole number from 0 to 65535.`);
  return 0;
}

/** `host:port`, an IPv6 address in square brackets. */
export function address(name: string, text: string, problems: string[]): Address {
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  problems.push(`${name} is "${text}". Give a host and a port, for example 192.168.1.20:7443.`);
  return { host: '', port: 0 };
}

function peerFiles(value: (name: Setting) => string, problems: string[]): PeerFiles | null {
  const names = ['NIEM_STANDBY_TLS_CERT', 'NIEM_STANDBY_TLS_KEY', 'NIEM_STANDBY_TLS_CA'] as const;
  const paths = names.map(value);
  if (paths.every((path) => path === '')) return null;
  if (paths.some((path) => path === '')) {
    problems.push(`${names.join(', ')} belong together: set all three or none.`);
    return null;
  }
  try {
    const [cert = '', key = '', ca = ''] = paths.map((path) => readFileSync(path, 'utf8'));
    createSecureContext({ cert, key, ca });
    return { cert, key, ca };
  } catch {
    problems.push(
      `${names.join(', ')} must name a certificate, the private key that belongs to it, and the authority that ` +
        'signed it, all PEM and readable by this user.',
    );
    return null;
  }
}

function keyFile(text: string, dataDir: string, problems: string[]): string {
  const path = text ? resolve(text) : join(envPaths('niem', { suffix: '' }).config, 'keys.json');
  const inside = relative(dataDir, path);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    problems.push('NIEM_KEY_FILE lies inside the data folder. Keep keys away from the data they open.');
  }
  return path;
}

function rates(text: string, problems: string[]): CandidateRates {
  const rates = { ...CANDIDATE_RATES };
  for (const part of text.split(',').map((part) => part.trim())) {
    if (part === '') continue;
    const [, event = '', perSecond, burst] = /^([a-z]+)=([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(part) ?? [];
    if (Object.hasOwn(CANDIDATE_RATES, event)) {
      rates[event as keyof CandidateRates] = { perSecond: Number(perSecond), burst: Number(burst) };
    } else {
      problems.push(
        `NIEM_CANDIDATE_RATES holds "${part}". Write ${Object.keys(CANDIDATE_RATES).join(', ')}: one of these, then =, ` +
          'messages per second, /, messages at once; for example save=10/50.',
      );
    }
  }
  return rates;
}

function limits(text: string, problems: string[]): Limits {
  const limits = { ...LIMITS };
  for (const part of text.split(',').map((part) => part.trim())) {
    if (part === '') continue;
    const [, name = '', most] = /^(\w+)=([1-9]\d{0,8})$/.exec(part) ?? [];
    if (Object.hasOwn(limits, name)) limits[name as keyof Limits] = Number(most);
    else {
      problems.push(
        `NIEM_LIMITS holds "${part}". Write ${Object.keys(LIMITS).join(', ')}, each with = and a whole number above 0; ` +
          'for example jobs=8.',
      );
    }
  }
  return limits;
}

function databaseUrl(text: string, problems: string[]): string | null {
  if (text && !/^mongodb(\+srv)?:\/\//.test(text)) {
    problems.push('NIEM_DATABASE_URL must begin with mongodb:// or mongodb+srv://.');
  }
  return text || null;
}

function tls(certFile: string, keyFilePath: string, problems: string[]): TlsFiles | null {
  if (!certFile && !keyFilePath) return null;
  if (!certFile || !keyFilePath) {
    problems.push('NIEM_TLS_CERT and NIEM_TLS_KEY belong together: set both or neither.');
    return null;
  }
  for (const [name, file] of [
    ['NIEM_TLS_CERT', certFile],
    ['NIEM_TLS_KEY', keyFilePath],
  ] as const) {
    if (!existsSync(file)) problems.push(`${name} names a file that does not exist.`);
  }
  if (!existsSync(certFile) || !existsSync(keyFilePath)) return null;
  try {
    const files = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFilePath, 'utf8') };
    createSecureContext(files);
    return files;
  } catch {
    problems.push(
      'NIEM_TLS_CERT and NIEM_TLS_KEY must name a certificate and the private key that belongs to it, both PEM ' +
        'and readable by the user who runs the server.',
    );
    return null;
  }
}

function trustedProxies(text: string, problems: string[]): string[] {
  const proxies = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const odd = proxies.find((proxy) => !isAddressOrNetwork(proxy));
  if (odd !== undefined) {
    problems.push(
      `NIEM_TRUSTED_PROXY holds "${odd}". Give IP addresses or networks such as 10.0.0.0/8, separated by commas.`,
    );
  }
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const width = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isNetwork =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= width);
  return width > 0 && isNetwork && rest.length === 0;
}

function publicUrl(text: string, problems: string[]): string | null {
  if (!text) return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  problems.push('NIEM_PUBLIC_URL must be an address such as https://thi.truong.example.');
  return null;
}
