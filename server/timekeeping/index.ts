export { clockRoutes } from './routes.ts';
export { createTimekeeper, openClock, type Clocks, type OpenedClock, type Timekeeper } from './timekeeper.ts';
