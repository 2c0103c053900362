import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { peerCertificate } from '#server/http';

const USAGE = `Usage: niem standby-certificates FOLDER --primary NAME --standby NAME [--json]

Makes an authority and two certificates, by which primary and standby know each other. NAME is the host name or the IP
address under which the computer is reached.

  FOLDER/authority.json           the authority's key: keep it off both computers
  FOLDER/primary, FOLDER/standby  cert.pem, key.pem and ca.pem for NIEM_STANDBY_TLS_CERT, _KEY and _CA

With an authority that is there already, new certificates are signed by it. They are valid for 397 days.
`;

/** `niem standby-certificates`: refuses to write over a certificate. */
export async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      primary: { type: 'string' },
      standby: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [folder, ...others] = positionals;
  const { primary, standby } = values;
  if (folder === undefined || others.length > 0 || !isName(primary) || !isName(standby)) {
    console.error(USAGE);
    return 2;
  }
  const dir = resolve(folder);
  const sides = { primary, standby };
  for (const side of Object.keys(sides)) {
    if (!existsSync(join(dir, side))) continue;
    console.error(`${join(dir, side)} is there already. Move it away or choose another folder.`);
    return 1;
  }
  for (const [side, name] of Object.entries(sides)) {
    const { cert, key, root } = await peerCertificate(join(dir, 'authority.json'), [name]);
    mkdirSync(join(dir, side), { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, side, 'cert.pem'), cert);
    writeFileSync(join(dir, side, 'key.pem'), key, { mode: 0o400 });
    writeFileSync(join(dir, side, 'ca.pem'), root);
  }
  console.log(values.json ? JSON.stringify({ folder: dir }) : `Certificates for both computers: ${dir}`);
  return 0;
}

function isName(name: string | undefined): name is string {
  return name !== undefined && /^[\w.:-]{1,253}$/.test(name);
}
