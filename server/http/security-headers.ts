import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const PERMISSIONS = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'display-capture',
  'browsing-topics',
];

const YEAR_SECONDS = 31_536_000;
const STRICT_TRANSPORT = `max-age=${YEAR_SECONDS}; includeSubDomains`;

/** What a page may load beyond the common ground. */
export interface PagePolicy {
  scripts?: readonly string[];
  styles?: readonly string[];
}

/** Headers of every answer; pages set their own content security policy on top. */
export function securityHeaders({ https }: { https: boolean }) {
  const base = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    strictTransportSecurity: https ? { maxAge: YEAR_SECONDS, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const permissions = PERMISSIONS.map((feature) => `${feature}=()`).join(', ');
  return (request: Request, response: Response, next: NextFunction): void => {
    response.set('permissions-policy', permissions);
    base(request, response, next);
  };
}

/** Those of them that mean something where the answer is no page. */
export function dataHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(https && { 'strict-transport-security': STRICT_TRANSPORT }),
  };
}

/** The content security policy of one page: nothing from elsewhere, no inline code but what is named. */
export function pagePolicy(request: Request, { scripts = [], styles = [] }: PagePolicy): string {
  const socket = `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}`;
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    "img-src 'self' blob:",
    'media-src blob:',
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}
