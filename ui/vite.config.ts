import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { early, packed } from './tools/plugins.ts'

const dist = fileURLToPath(new URL('dist', import.meta.url))

export default defineConfig({
  base: '/console/',
  plugins: [svelte(), early(fileURLToPath(new URL('src/theme.js', import.meta.url))), packed(dist)],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    target: 'es2023',
    // Files that no build made are removed by packed.
    emptyOutDir: false,
    // A data: font or script would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What many pages share is one file: a page that asks for twenty small ones waits for each.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', test: /\/src\/(kit|parts|api)\//, minShareCount: 4 }] } } },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts', 'tools/**/*.test.ts'] },
})
