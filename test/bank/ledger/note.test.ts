import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  formatCheckpoint,
  formatVerifierKey,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  signNote,
  type NoteKey,
} from '#bank/ledger';

/** Key and note of the reference implementation, golang.org/x/mod/sumdb/note. */
const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNATURE =
  'PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
const NOTE = `${TEXT}\n— ${SIGNATURE}\n`;

const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SEED]),
  format: 'der',
  type: 'pkcs8',
});
const signWithNode = (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey));
const verifyWithNode = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
  verify(
    null,
    message,
    createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
      format: 'jwk',
    }),
    signature,
  );
const key = parseVerifierKey(VKEY)!;
const open = (note: string, trusted: NoteKey = key) => openNote(note, trusted, verifyWithNode);

describe('signed notes', () => {
  test('key, signature and note are those of the reference implementation', () => {
    expect(key.name).toBe('PeterNeumann');
    expect(formatVerifierKey(key)).toBe(VKEY);
    expect(signNote(TEXT, key, signWithNode)).toBe(NOTE);
    expect(open(NOTE)).toBe(TEXT);
  });

  test('signatures of unknown keys are ignored, one of them alone is not enough', () => {
    const unknown = `— witness.example/w1 ${Buffer.alloc(76, 7).toString('base64')}\n`;
    expect(open(`${NOTE}${unknown}`)).toBe(TEXT);
    expect(open(`${TEXT}\n${unknown}`)).toBeNull();
  });

  test('a wrong signature by the known key rejects the note even beside a right one', () => {
    const blob = Buffer.from(SIGNATURE.split(' ')[1]!, 'base64');
    blob[20]! ^= 1;
    const wrong = `— PeterNeumann ${blob.toString('base64')}\n`;
    expect(open(`${TEXT}\n${wrong}`)).toBeNull();
    expect(open(`${NOTE}${wrong}`)).toBeNull();
    expect(open(`${TEXT}\n${wrong}— ${SIGNATURE}\n`)).toBeNull();
  });

  test('one changed character anywhere is noticed', () => {
    for (let at = 0; at < NOTE.length; at++) {
      const changed = `${NOTE.slice(0, at)}${NOTE[at] === 'x' ? 'y' : 'x'}${NOTE.slice(at + 1)}`;
      expect(open(changed), `character ${at}`).toBeNull();
    }
    for (let end = 0; end < NOTE.length; end++) expect(open(NOTE.slice(0, end))).toBeNull();
  });

  test.each([
    ['no signature line', `${TEXT}\n`],
    ['a control character', NOTE.replace('think', 'thi\u0007nk')],
    ['a carriage return', NOTE.replaceAll('\n', '\r\n')],
    ['a line that is no signature', `${NOTE}and more\n`],
    ['a signature with bits left over', NOTE.replace('JnAM=', 'JnAN=')],
  ])('%s is no note', (_name, note) => {
    expect(open(note)).toBeNull();
  });

  test('what cannot be a note is not signed', () => {
    expect(() => signNote('no newline', key, signWithNode)).toThrow(RangeError);
    expect(() => signNote('a\tb\n', key, signWithNode)).toThrow(RangeError);
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b']) {
      expect(() => signNote('a\n', { ...key, name }, signWithNode)).toThrow(RangeError);
      expect(() => formatVerifierKey({ ...key, name })).toThrow(RangeError);
    }
  });

  test('no part and no variation of a verifier key is one', () => {
    for (let from = 0; from < VKEY.length; from++) {
      for (let to = from; to < VKEY.length; to++) {
        expect(parseVerifierKey(VKEY.slice(from, to))).toBeNull();
        expect(parseVerifierKey(VKEY.slice(from + 1))).toBeNull();
      }
    }
    for (let at = 0; at < VKEY.length; at++) {
      const next = String.fromCharCode(VKEY.charCodeAt(at) + 1);
      expect(parseVerifierKey(VKEY.slice(0, at) + next + VKEY.slice(at + 1))).toBeNull();
    }
  });
});

describe('checkpoints', () => {
  /** The example of C2SP tlog-checkpoint. */
  const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

  test('the published example is read and written', () => {
    const checkpoint = parseCheckpoint(example)!;
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(formatCheckpoint(checkpoint)).toBe(example);
  });

  test('extension lines are left aside', () => {
    expect(parseCheckpoint(`${example}extension\n`)).toEqual(parseCheckpoint(example));
  });

  test.each([
    example.replace('20852163', '020852163'),
    example.replace('20852163', '-1'),
    example.replace('20852163', '1e3'),
    example.replace('20852163', ''),
    example.replace('q2I=', 'q2I'),
    example.replace('q2I=', 'q2J='),
    example.replace('CsUY', ''),
    example.slice(0, -1),
    `\n${example}`,
    `${example}\n`,
    '',
  ])('%j is none', (text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });
});
