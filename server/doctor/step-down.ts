import { setTimeout as pause } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { askHello } from '#server/storage';
import { CannotRun } from '#server/storage/contract';

const UNAUTHORIZED = 13;
/** For so long the old primary does not stand for election. */
const ASIDE_S = 20;
/** How long a secondary may take to catch up before. */
const CATCH_UP_S = 10;
const LOOK_MS = 100;

/** The database `admin`, as far as it is asked here. */
export type Admin = Pick<mongo.Db, 'command'>;

/**
 * Makes the primary of a replica set step down, and waits until one is elected.
 *
 * @throws CannotRun when this user may not do that
 */
export async function stepDown(admin: Admin, signal: AbortSignal): Promise<void> {
  const before = String((await askHello(admin))['electionId']);
  await admin
    .command({ replSetStepDown: ASIDE_S, secondaryCatchUpPeriodSecs: CATCH_UP_S })
    .catch((error: unknown) => {
      if (error instanceof mongo.MongoServerError && error.code === UNAUTHORIZED) {
        throw new CannotRun('this user may not step the primary down: it needs the role clusterManager');
      }
      // a server that steps down may close the connection before it answers: the next election tells
      if (!(error instanceof mongo.MongoNetworkError)) throw error;
    });
  while (!(await isNewPrimary(admin, before))) {
    signal.throwIfAborted();
    await pause(LOOK_MS);
  }
}

/** Without a primary it is not there yet. */
async function isNewPrimary(admin: Admin, before: string): Promise<boolean> {
  const hello = await askHello(admin).catch(() => null);
  return hello?.['isWritablePrimary'] === true && String(hello['electionId']) !== before;
}
