import type { Plugin } from 'vite';

const LIBRARY = /\/engine\.io-client\/build\/esm\//;
const TRANSPORTS = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/;

/**
 * What carries bytes: a page sends and gets JSON only, and takes anything else for a broken line. What counts the pauses
 * between reconnections: a page makes a new connection each time. What takes addresses apart: a browser does.
 */
const UNUSED: readonly [RegExp, string][] = [
  [
    /\/socket\.io-parser\/build\/esm\/is-binary\.js$/,
    'export const isBinary = () => false; export const hasBinary = isBinary;',
  ],
  [
    /\/socket\.io-parser\/build\/esm\/binary\.js$/,
    'export const deconstructPacket = () => { throw new Error(); }; export const reconstructPacket = deconstructPacket;',
  ],
  [
    /\/engine\.io-parser\/build\/esm\/encodePacket\.browser\.js$/,
    `import { PACKET_TYPES } from './commons.js';
    export const encodePacket = ({ type, data }, _, done) => done(PACKET_TYPES[type] + (data || ''));
    export const encodePacketToBinary = () => { throw new Error(); };`,
  ],
  [
    /\/engine\.io-parser\/build\/esm\/decodePacket\.browser\.js$/,
    `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
    export const decodePacket = (packet) => {
      const type = PACKET_TYPES_REVERSE[packet[0]];
      return type ? { type, data: packet.slice(1) } : ERROR_PACKET;
    };`,
  ],
  [
    /\/socket\.io-client\/build\/esm\/contrib\/backo2\.js$/,
    'export class Backoff { reset() {} setMin() {} setMax() {} setJitter() {} }',
  ],
  [
    /\/engine\.io-client\/build\/esm\/contrib\/parseuri\.js$/,
    `export function parse(source) {
      const { protocol, hostname, port, pathname, search } = new URL(source);
      const host = hostname.replace(/[[\\]]/g, '');
      return { source, protocol: protocol.slice(0, -1), host, port, path: pathname, query: search.slice(1) };
    }`,
  ],
];

/**
 * Leaves every transport of Socket.IO out but WebSocket: where that does not get through, the page speaks HTTP by
 * itself. Leaves out what else it does not use, too.
 */
export function websocketOnly(): Plugin {
  return {
    name: 'niem:websocket-only',
    enforce: 'pre',
    load: {
      filter: { id: [TRANSPORTS, ...UNUSED.map(([module]) => module)] },
      handler: (id) =>
        UNUSED.find(([module]) => module.test(id))?.[1] ??
        `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
    },
    transform: {
      filter: { id: LIBRARY },
      handler: (code) => ({ code, map: null, moduleSideEffects: false }),
    },
  };
}
