import { randomBytes } from 'node:crypto';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import argon2 from 'argon2';
import { openBox, sealBox, newId, randomKey } from '#bank/vault';
import { KeyError } from './key-error.ts';

const closed = { additionalProperties: false };
const FORMAT = 'niem-keys/1';

/** Root keys as a JWK set (RFC 7517); the first one wraps, all of them unwrap. */
const RootKeys = Type.Array(
  Type.Object(
    {
      kty: Type.Literal('oct'),
      kid: Type.String({ minLength: 1, maxLength: 64 }),
      k: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    },
    closed,
  ),
  { minItems: 1, maxItems: 100 },
);
const PlainFile = Type.Object({ format: Type.Literal(FORMAT), keys: RootKeys }, closed);
const ProtectedFile = Type.Object(
  {
    format: Type.Literal(FORMAT),
    argon2id: Type.Object(
      {
        salt: Type.String({ minLength: 22, maxLength: 88 }),
        memoryKiB: Type.Integer({ minimum: 19_456, maximum: 1_048_576 }),
        passes: Type.Integer({ minimum: 1, maximum: 20 }),
        lanes: Type.Integer({ minimum: 1, maximum: 16 }),
      },
      closed,
    ),
    /** Box v1 around the JSON of the keys, base64url. */
    box: Type.String({ minLength: 40, maxLength: 100_000 }),
  },
  closed,
);
type ProtectedFile = Static<typeof ProtectedFile>;

/** Root keys by id; the first entry is the one that wraps. */
export type RootKeyMap = Map<string, Uint8Array>;

/** Second of the two parameter sets that RFC 9106 §4 recommends, on one lane. */
const ARGON2ID = { memoryKiB: 65_536, passes: 3, lanes: 1 };
const boxContext = { type: 'key-file', tenant: '', object: '', version: 1, field: 'keys' };

/** Text of a new key file with one new root key. */
export async function newKeyFile(passphrase: string | undefined): Promise<string> {
  const key = Buffer.from(randomKey()).toString('base64url');
  const keys: Static<typeof RootKeys> = [{ kty: 'oct', kid: newId(), k: key }];
  if (passphrase === undefined) return text({ format: FORMAT, keys });
  const argon2id = { salt: randomBytes(16).toString('base64url'), ...ARGON2ID };
  const fileKey = await stretch(passphrase, argon2id);
  const box = sealBox(fileKey, '', boxContext, Buffer.from(JSON.stringify(keys)));
  return text({ format: FORMAT, argon2id, box: Buffer.from(box).toString('base64url') });
}

/**
 * Reads the text of a key file.
 *
 * @throws KeyError that names the file and what to do, never its content
 */
export async function readKeyFile(
  path: string,
  json: string,
  passphrase: string | undefined,
): Promise<RootKeyMap> {
  const file = parse(json);
  if (Value.Check(PlainFile, file)) {
    if (passphrase === undefined) return toMap(file.keys);
    throw new KeyError(
      'key-passphrase-unused',
      `A passphrase was given, but the key file ${path} is not protected by one. Leave the passphrase away.`,
    );
  }
  if (!Value.Check(ProtectedFile, file)) throw damaged(path);
  if (passphrase === undefined) {
    throw new KeyError(
      'key-passphrase-missing',
      `The key file ${path} is protected by a passphrase. Set NIEM_KEY_PASSPHRASE and start again.`,
    );
  }
  const keys = parse(await openWithPassphrase(path, file, passphrase));
  if (!Value.Check(RootKeys, keys)) throw damaged(path);
  return toMap(keys);
}

async function openWithPassphrase(path: string, file: ProtectedFile, passphrase: string): Promise<string> {
  const key = await stretch(passphrase, file.argon2id);
  try {
    return Buffer.from(openBox(key, boxContext, Buffer.from(file.box, 'base64url'))).toString();
  } catch {
    throw new KeyError(
      'key-passphrase-wrong',
      `The passphrase does not open the key file ${path}. Check NIEM_KEY_PASSPHRASE, capitals and accents included.`,
    );
  }
}

/** The same passphrase may be typed in composed or decomposed letters: it is normalised to NFC. */
function stretch(passphrase: string, parameters: ProtectedFile['argon2id']): Promise<Buffer> {
  return argon2.hash(passphrase.normalize('NFC'), {
    type: argon2.argon2id,
    raw: true,
    hashLength: 32,
    salt: Buffer.from(parameters.salt, 'base64url'),
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
  });
}

function toMap(keys: Static<typeof RootKeys>): RootKeyMap {
  return new Map(keys.map((key) => [key.kid, Buffer.from(key.k, 'base64url')]));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function text(file: object): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

function damaged(path: string): KeyError {
  return new KeyError(
    'key-file-damaged',
    `The key file ${path} is damaged or not a key file. Put a good copy in its place; without it nothing opens.`,
  );
}
