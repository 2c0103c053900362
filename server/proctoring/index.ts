export { createProctoring, type Proctoring } from './proctoring.ts';
export { proctoringRoutes } from './routes.ts';
