import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The dashboard: `dist/web/dashboard`, a page and files with a hash of what is in them. */
export default defineConfig({
  root: at('.'),
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  resolve: {
    // A plan is looked at before it is stored, by the server's own readers: see docs/decisions.
    alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: at('../../dist/web/dashboard'),
    emptyOutDir: true,
    // A policy without `data:` scripts and styles, and no request that a file would save.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
})
