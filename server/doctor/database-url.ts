/** Scheme, sign-in and hosts; the database; the options. Several hosts make it no URL of the WHATWG standard. */
const PARTS = /^(mongodb(?:\+srv)?:\/\/([^/?]+))(?:\/([^?]*))?(?:\?(.*))?$/;

/** Whether it is an address of MongoDB. */
export function isDatabaseUrl(url: string): boolean {
  return PARTS.test(url);
}

/**
 * The same address with another database. Where the database of the address was what the sign-in is checked against,
 * it stays so.
 *
 * @throws TypeError for anything that is no address of MongoDB
 */
export function withDatabase(url: string, name: string): string {
  const [, server, authority = '', database = '', options = ''] = PARTS.exec(url) ?? [];
  if (server === undefined) throw new TypeError('not an address of MongoDB');
  const signsIn = authority.includes('@') && database !== '' && !/(^|&)authSource=/i.test(options);
  const all = [options, signsIn ? `authSource=${database}` : ''].filter(Boolean).join('&');
  return `${server}/${name}${all && `?${all}`}`;
}
