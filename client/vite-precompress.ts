import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

/** Writes each text file of the build a second time as brotli: at its best it is too slow to do for every answer. */
export function precompress(): Plugin {
  return {
    name: 'niem:precompress',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(html|js|css|svg)$/.test(file.fileName)) continue;
          const source = brotliCompressSync(file.type === 'chunk' ? file.code : file.source, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
          });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
        }
      },
    },
  };
}
