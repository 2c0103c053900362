export { createAudit, type Audit, type AuditOptions } from './audit.ts';
export type { LogFiles } from './files.ts';
export { auditRoutes } from './routes.ts';
