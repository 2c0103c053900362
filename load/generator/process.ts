/** A generator process: obeys the orders of `generator.ts` over the channel that it was forked with. */
import { Group } from './group.ts';
import type { OrderName, Orders, Reply, Request } from './messages.ts';
import { openDevices } from './opening.ts';

/** How long answers that are due are waited for; the longest time that a server may take. */
const LONGEST_ANSWER_MS = 10_000;

const groups = new Map<string, Group>();

function groupOf(name: string): Group {
  const known = groups.get(name);
  if (known) return known;
  const group = new Group();
  groups.set(name, group);
  return group;
}

type Handlers = {
  [N in OrderName]: (
    ...order: Parameters<Orders[N]>
  ) => ReturnType<Orders[N]> | Promise<ReturnType<Orders[N]>>;
};

const handlers: Handlers = {
  open: ({ group, clients, pace }) => openDevices(clients, pace, (client) => groupOf(group).add(client)),
  loop: ({ group }) => groupOf(group).loop(),
  schedule: ({ group, fromMs, toMs }) => groupOf(group).schedule(fromMs, toMs),
  tally: ({ group }) => groupOf(group).tally(),
  rest: async ({ group }) => ({ unanswered: await groupOf(group).rest(LONGEST_ANSWER_MS) }),
  close: ({ group }) => groupOf(group).close(),
};

process.on('message', async ({ id, name, order }: Request) => {
  const handle = handlers[name] as (order: unknown) => unknown;
  const reply: Reply = await Promise.resolve(handle(order)).then(
    (result) => ({ id, result }),
    (error: unknown) => ({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  process.send?.(reply);
});
process.on('disconnect', () => process.exit());
