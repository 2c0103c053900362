export { createMarking, type Marking } from './marking.ts';
export { markingRoutes } from './routes.ts';
