export { createProctoring, type Proctoring } from './proctoring.ts';
export { createWall, type Wall } from './wall.ts';
export { proctoringRoutes } from './routes.ts';
