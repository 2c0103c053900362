import { webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
const ROOT_DAYS = 3_650;
/** Browsers refuse server certificates that are valid for longer. */
const LEAF_DAYS = 397;

/** A certificate chain for a school network, made by an authority that exists on this computer only. */
export interface LocalCertificate {
  cert: string;
  key: string;
  /** The root that phones and computers of the school install once (PEM). */
  root: string;
  /** SHA-256 of the root, to be compared with what a device shows when it is installed. */
  fingerprint: string;
  names: string[];
}

/**
 * Signs a certificate for these names by the authority of the file, which is made when there is none. A `peer` may
 * also prove itself as a client with it.
 */
export async function signLocally(
  file: string,
  names: string[],
  { peer = false }: { peer?: boolean } = {},
): Promise<LocalCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const authority = existsSync(file) ? await readAuthority(file) : await makeAuthority(file);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${names[0]}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + LEAF_DAYS * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        ...(peer ? [x509.ExtendedKeyUsage.clientAuth] : []),
      ]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: /^[\d.]+$|:/.test(name) ? 'ip' : 'dns', value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
    ],
  });
  const root = authority.certificate.toString('pem');
  const print = Buffer.from(await authority.certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase();
  return {
    cert: `${leaf.toString('pem')}\n${root}`,
    key: await privatePem(keys.privateKey),
    root,
    fingerprint: print.match(/../g)?.join(':') ?? print,
    names,
  };
}

interface Authority {
  certificate: x509.X509Certificate;
  privateKey: webcrypto.CryptoKey;
}

async function makeAuthority(file: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Niêm ${hostname()}, O=Niêm local authority`,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + ROOT_DAYS * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const text = JSON.stringify({
    certificate: certificate.toString('pem'),
    key: await privatePem(keys.privateKey),
  });
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode: 0o400, flag: 'wx' });
  return { certificate, privateKey: keys.privateKey };
}

async function readAuthority(file: string): Promise<Authority> {
  const { certificate, key } = JSON.parse(readFileSync(file, 'utf8')) as { certificate: string; key: string };
  const der = x509.PemConverter.decodeFirst(key);
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  return { certificate: new x509.X509Certificate(certificate), privateKey };
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** 127 random bits: RFC 5280 asks for a positive number of at most 20 bytes. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return Buffer.from(bytes).toString('hex');
}
