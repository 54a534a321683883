import react from '@vitejs/plugin-react';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/** The window: `renderer/` → `out/renderer/`, one chunk per feature, every address relative so that it works over app:// and http:// alike. */
export async function buildRenderer(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out', 'renderer'),
      emptyOutDir: true,
      target: 'chrome150',
      modulePreload: { polyfill: false },
      // Fonts and the worker stay files: the page's policy allows no data: addresses for them.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1_500,
    },
  });
}
