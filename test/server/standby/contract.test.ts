import { join } from 'node:path';
import { beforeAll, describe, onTestFinished } from 'vitest';
import { dialPeer, type Journal, type PeerFiles } from '#server/storage';
import { journalCases } from '#server/storage/contract';
import { testContract } from '../../support/contract.ts';
import { builtVersion, peerFiles, StandbyProcess } from '../../support/standby.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { testKeys } from '../journal/support.ts';
import { openPrimary } from './support.ts';

let files: PeerFiles;

beforeAll(async () => {
  files = await peerFiles();
});

describe('SegmentJournal that acknowledges by both disks, with a standby process', () => {
  const newHome = async () => {
    const standby = new StandbyProcess(files);
    onTestFinished(() => standby.kill());
    const address = await standby.start();
    const dataDir = join(tempDir(), 'primary');
    const keys = testKeys();
    return {
      async open() {
        const { journal, storage, close } = await openPrimary({
          dataDir,
          keys,
          dial: () => dialPeer(address, files),
          version: builtVersion,
        });
        const append: Journal['append'] = async (records) => {
          const positions = await journal.append(records);
          await storage.caughtUp();
          return positions;
        };
        return { ...journal, append, close };
      },
    };
  };
  testContract(journalCases, () => ({ newHome }));
});
