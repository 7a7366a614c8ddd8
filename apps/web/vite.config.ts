import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { counterWorker } from './build/counterWorker.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env['HILO_DEV_API'] ?? 'http://127.0.0.1:3000';
const contracts = here('../../libs/contracts/');

export default defineConfig({
  root: here('.'),
  plugins: [react(), counterWorker()],
  // `#contracts` is a subpath import of the package: under this condition it leads to the sources.
  resolve: { conditions: ['hilo-source', ...defaultClientConditions] },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      // The words of the house declare schemas at the top; whatever the screens do not name may go.
      treeshake: { moduleSideEffects: (id: string) => !id.startsWith(contracts) },
    },
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
  preview: {
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
});
