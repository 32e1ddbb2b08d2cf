import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** `npm run dev -w @semblance/web` shows the page as it is edited, before a service on port 8080. */
export default defineConfig({
  root: path('./app'),
  base: '/ui/',
  server: { proxy: { '^/(api|v1|v2|health|metrics|openapi.json)': 'http://127.0.0.1:8080' } },
  build: {
    outDir: path('./build'),
    emptyOutDir: true,
    target: 'es2023',
    // nothing inline: the policy of the page forbids it
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // what most pages share comes in one piece: a request for each small file takes longer than it does
      output: {
        codeSplitting: { groups: [{ name: 'ui', test: /[\\/](app[\\/]ui|lucide-react|@tanstack)[\\/]/ }] },
      },
      // what libraries say to servers that render React
      onLog: (level, log, tell) => log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log),
    },
  },
});
