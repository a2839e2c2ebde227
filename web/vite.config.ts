import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The seat map as one file: `dist/web/seat-map.js`, an ES module that needs nothing else. */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: at('../dist/web'),
    emptyOutDir: false,
    sourcemap: true,
    reportCompressedSize: false,
    lib: {
      entry: at('seat-map/index.ts'),
      formats: ['es'],
      fileName: () => 'seat-map.js',
    },
    // Blanks are kept by default, for those who bundle a library again. Browsers load this one.
    rolldownOptions: { output: { minify: true } },
  },
})
