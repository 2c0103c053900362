export { createFileKeyProvider } from './file-provider.ts';
export { createKeyring, LineRefused, type Keyring, type RootKeyring } from './keyring.ts';
