import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SOLID = /solid\.tsx$/;

export const PAGES = ['react-hook-form', 'react-hook-form-lazy', 'tanstack-form', 'react', 'vue', 'vee-validate', 'svelte', 'solid'];

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react({ exclude: SOLID }), solid({ include: SOLID }), vue(), svelte({ configFile: false })],
  logLevel: 'warn',
  build: {
    outDir: here('../../node_modules/.pages'),
    emptyOutDir: true,
    rolldownOptions: { input: PAGES.map((page) => here(`${page}.html`)) },
  },
});
