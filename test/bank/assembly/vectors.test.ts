import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Publication } from '#bank/protocol';
import { intermediates, publish } from './example.ts';

interface Vector {
  name: string;
  publication: Publication;
  derived: unknown;
}

const vectors: Vector[] = JSON.parse(readFileSync('bank/assembly/vectors.json', 'utf8'));
const readme = readFileSync('bank/assembly/README.md', 'utf8');

test.each(vectors)('the golden vector "$name" is reproduced', ({ publication, derived }) => {
  const { exam, snapshot, blueprint, papers, seed } = publication;
  const again = publish(
    {
      exam,
      pool: snapshot,
      blueprint,
      attempts: papers.map(({ attempt }) => attempt),
      r: Buffer.from(seed.r, 'hex'),
      salt: Buffer.from(seed.salt, 'hex'),
    },
    publication.manifest.algorithm,
  );
  expect(again).toEqual(publication);
  expect(intermediates(publication)).toEqual(derived);
});

test('the worked example of the README states the values of the first vector', () => {
  const [{ publication }] = vectors as [Vector];
  const { examSeed, papers } = intermediates(publication);
  const [first] = papers;
  const { manifest, manifestHash, seed } = publication;
  const values = [
    manifest.snapshotHash,
    manifest.blueprintHash,
    manifest.rosterRoot,
    manifestHash,
    seed.commitment,
    examSeed,
    first?.paperSeed,
    first?.paperHash,
    first?.firstNumbers['selection']?.join(', '),
  ];
  for (const value of values) expect(readme).toContain(value);
});
