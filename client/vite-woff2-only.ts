import type { Plugin } from 'vite';

/** Every supported browser reads woff2: the other two formats of KaTeX's fonts are left out of the build. */
export function woff2Only(): Plugin {
  return {
    name: 'niem:woff2-only',
    enforce: 'pre',
    transform: {
      filter: { id: /katex\.min\.css/ },
      handler: (code) => code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, ''),
    },
  };
}
