/** The `niem` command: one module per subcommand, loaded when it is asked for. */

interface Subcommand {
  about: string;
  load(): Promise<{ main(argv: string[]): Promise<number> }>;
}

const SUBCOMMANDS: Record<string, Subcommand> = {
  serve: { about: 'Serve the engine.', load: () => import('./serve.ts') },
  demo: {
    about: 'Play one whole exam and stay open for a look round.',
    load: () => import('./demo/demo.ts'),
  },
  import: {
    about: 'Bring a question file into a bank of a running server.',
    load: () => import('./import.ts'),
  },
  export: {
    about: 'Write the publication file or the results of a closed exam.',
    load: () => import('./export.ts'),
  },
  doctor: {
    about: 'Hold a MongoDB replica set to everything that the engine relies on.',
    load: () => import('./doctor.ts'),
  },
  standby: {
    about: 'Keep a second copy of what a server writes, on another disk or computer.',
    load: () => import('./standby.ts'),
  },
  promote: {
    about: 'Make the folder of a standby a primary.',
    load: () => import('./promote.ts'),
  },
  'standby-certificates': {
    about: 'Make the certificates by which primary and standby know each other.',
    load: () => import('./standby-certificates.ts'),
  },
  'verify-log': {
    about: 'Check a transparency log without any server.',
    load: () => import('./verify/verify-log.ts'),
  },
  'verify-papers': {
    about: 'Re-derive every paper of an exam from its publication file.',
    load: () => import('./verify/verify-papers.ts'),
  },
  'trace-leak': {
    about: 'Name the papers that show questions and options in the order of a photo.',
    load: () => import('./verify/trace-leak.ts'),
  },
};

function usage(): string {
  const names = Object.entries(SUBCOMMANDS).map(([name, { about }]) => `  ${name.padEnd(20)} ${about}`);
  return `Usage: niem <command> [options]\n\n${names.join('\n')}\n\nniem <command> --help tells its options.`;
}

async function run([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(usage());
    return name === undefined ? 2 : 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) {
    console.error(`There is no command "${name}".\n\n${usage()}`);
    return 2;
  }
  const { main } = await subcommand.load();
  try {
    return await main(argv);
  } catch (error) {
    if (!isWrongOption(error)) throw error;
    console.error(`${error.message}\n\nniem ${name} --help tells its options.`);
    return 2;
  }
}

/** What node:util throws for an option that there is not, or that lacks its value. */
function isWrongOption(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

process.exitCode = await run(process.argv.slice(2));
