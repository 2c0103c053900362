import { constants } from 'node:fs';
import { expect, it } from 'vitest';
import { playPowerCuts, type ForgettingDisk } from '#server/storage/contract';
import type { JournalDisk } from '#server/storage';

const ROUNDS = 150;

it('a journal loses nothing that it acknowledged when the power goes, and always starts again', async () => {
  const played = await playPowerCuts(ROUNDS, 'sound');
  expect(played).toMatchObject({ lost: 0, revived: 0, refused: 0 });
  expect(played.acknowledged).toBeGreaterThan(ROUNDS * 10);
  expect(played.cuts).toBeGreaterThan(ROUNDS * 2);
});

it.each<[string, (disk: ForgettingDisk) => JournalDisk]>([
  [
    'writes answers without O_DSYNC',
    (disk) => {
      const blocking = disk.blocking();
      const openSync = (path: string, flags: number) => blocking.openSync(path, flags & ~constants.O_DSYNC);
      return disk.journalDisk(disk.files(), { ...blocking, openSync });
    },
  ],
  [
    'syncs no folder and no file',
    (disk) => {
      const files = disk.files();
      const sync = async () => undefined;
      return disk.journalDisk({
        ...files,
        open: async (path, flags) => ({ ...(await files.open(path, flags)), sync }),
      });
    },
  ],
])('a journal that %s is found out', async (_, look) => {
  const { lost, refused } = await playPowerCuts(ROUNDS, 'unsound', look);
  expect(lost + refused).toBeGreaterThan(0);
});

it('a journal that only deletes what it retired, key and all, is found out', async () => {
  const { revived } = await playPowerCuts(ROUNDS, 'unsound', (disk) => {
    const files = disk.files();
    const sync = async () => undefined;
    return disk.journalDisk({
      ...files,
      open: async (path, flags) => {
        const file = await files.open(path, flags);
        return path.endsWith('.retired') ? { ...file, sync } : file;
      },
    });
  });
  expect(revived).toBeGreaterThan(0);
});
