/** The sentences of every refusal, in a part of their own: they are fetched when the first one is to be shown. */
export { sentence } from '#bank/protocol';
