import { parseArgs } from 'node:util';
import { ConfigError, readConfig, SETTINGS, startServer, type RunningServer } from '#server';
import { untilStopped } from './process/until-stopped.ts';

const USAGE = `Usage: niem serve [--lan] [--json]

Serves the engine. Settings come from the environment:

${Object.entries(SETTINGS)
  .map(
    ([name, { default: standard, about }]) =>
      `  ${name.padEnd(21)} ${about}${standard ? ` [${standard}]` : ''}`,
  )
  .join('\n')}

  --lan    For a school network without a certificate: makes a local authority on this computer, prints the
           addresses and a QR code for phones. Devices install its root once.
  --json   Tell the addresses as one line of JSON.
`;

/** `niem serve`: runs until it is told to stop (Ctrl+C or SIGTERM), then flushes and leaves with 0. */
export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { lan: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    const lan = values.lan ?? false;
    const server = await startServer({ config: readConfig(process.env, { lan }), lan });
    // before anybody is told that it runs: who hears that may stop it at once
    const stopped = untilStopped();
    await announce(server, lan, values.json ?? false);
    const lost = await Promise.race([stopped, server.lost]);
    if (lost) {
      // what closes in order could still write for the one that has taken over
      console.error(lost.message);
      process.exit(1);
    }
    await server.stop();
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) console.error(`Setting: ${problem}`);
      return 2;
    }
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function announce(server: RunningServer, lan: boolean, json: boolean): Promise<void> {
  if (json) {
    console.log(JSON.stringify({ url: server.url, setupUrl: server.setupUrl, addresses: server.addresses }));
    return;
  }
  console.log(`Niêm đang chạy / is running: ${server.url}`);
  for (const address of server.addresses) console.log(`  ${address}`);
  if (lan && server.addresses[0]) {
    const { default: QRCode } = await import('qrcode');
    console.log(await QRCode.toString(`${server.addresses[0]}/thi`, { type: 'terminal', small: true }));
    console.log(`Root certificate for the devices of the school: ${server.addresses[0]}/lan-root.crt`);
    console.log(`Its SHA-256 fingerprint, to be compared when installing: ${server.rootFingerprint}`);
  }
  if (server.setupUrl) {
    console.log(
      `\nĐường dẫn tạo quản trị viên, dùng một lần / one-time link that creates the administrator:`,
    );
    console.log(`  ${server.setupUrl}\n`);
  }
}
