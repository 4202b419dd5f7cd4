import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: here('../../node_modules/.pages'),
    emptyOutDir: true,
    rolldownOptions: { input: [here('react-hook-form.html'), here('tanstack-form.html')] },
  },
});
