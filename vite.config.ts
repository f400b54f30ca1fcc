import { resolve } from 'node:path';
import { cloudflare } from '@cloudflare/vite-plugin';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { models } from './models/vite-plugin.ts';
import { deployable } from './scripts/build/plugin.ts';
import { contentSecurityPolicy, isolationHeaders } from './scripts/headers.ts';

const root = resolve(import.meta.dirname, 'web');
const port = Number(process.env.PORT ?? 4173);

export default defineConfig({
  root,
  publicDir: resolve(import.meta.dirname, 'public'),
  cacheDir: resolve(import.meta.dirname, 'node_modules/.vite'),
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and WASM as files: data: URLs would grow the first load and break the CSP.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  environments: {
    // As wrangler bundles: the AWS SDK's browser export conditions want its browser files with them.
    maskwright: { resolve: { mainFields: ['browser', 'module', 'jsnext:main', 'jsnext'] } },
  },
  server: { headers: isolationHeaders, port },
  preview: {
    headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy },
    port,
    strictPort: true,
  },
  plugins: [
    solid(),
    models(),
    // The edge proxy beside the page, in dev, preview and deploy; it needs no account for that.
    cloudflare({
      configPath: resolve(import.meta.dirname, 'edge-proxy/wrangler.jsonc'),
      persistState: { path: resolve(import.meta.dirname, '.wrangler/state') },
      inspectorPort: false,
    }),
    deployable(),
    VitePWA({
      registerType: 'prompt',
      includeAssets: ['icons/*', 'samples/*'],
      manifest: {
        name: 'Maskwright',
        short_name: 'Maskwright',
        description: 'Make image datasets and creative edits through masks, in your own browser.',
        display: 'standalone',
        background_color: '#1b1c1f',
        theme_color: '#1b1c1f',
        categories: ['photo', 'productivity', 'utilities'],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
      workbox: {
        // Model and engine have their own hash-checked cache (web/remote); Workbox skips files
        // over 2 MiB anyway.
        globPatterns: ['**/*.{html,js,mjs,css,wasm,svg,png,jpg,json}'],
        globIgnores: ['models/**', 'engine/**', '**/ort-*.wasm'],
        navigateFallbackDenylist: [/^\/api\//],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
});
