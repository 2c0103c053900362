export * from './announce.ts';
export * from './clock.ts';
export * from './events.ts';
export * from './outbox.ts';
export * from './reduce.ts';
export * from './state.ts';
