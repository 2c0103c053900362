import type { Plugin } from 'vite';

const LIBRARY = /\/engine\.io-client\/build\/esm\//;
const TRANSPORTS = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/;

/**
 * Leaves every transport of Socket.IO out but WebSocket: where that does not get through, the page speaks HTTP by
 * itself.
 */
export function websocketOnly(): Plugin {
  return {
    name: 'niem:websocket-only',
    enforce: 'pre',
    load: {
      filter: { id: TRANSPORTS },
      handler: () => `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
    },
    transform: {
      filter: { id: LIBRARY },
      handler: (code) => ({ code, map: null, moduleSideEffects: false }),
    },
  };
}
