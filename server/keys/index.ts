export { createFileKeyProvider } from './file-provider.ts';
export { createJwsSigner, ed25519Key, openJws, type JwsSigner } from './jws.ts';
export { createKeyring, LineRefused, type Keyring, type RootKeyring } from './keyring.ts';
export type { KeyProvider } from './provider.ts';
