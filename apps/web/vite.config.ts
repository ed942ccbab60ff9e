import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compiledMessages } from "./compiled-messages.ts";
import { endpointAddresses } from "./endpoint-addresses.ts";

const api = process.env["VITE_API_URL"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [
    compiledMessages(),
    endpointAddresses(),
    optimizeLocales.vite({ locales: ["nl-NL", "fr-FR", "en-US"] }),
    react(),
    tailwind(),
  ],
  resolve: {
    alias: {
      "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js",
    },
  },
  build: {
    // The content policy allows fonts from our own address only: nothing may become a data: address.
    assetsInlineLimit: 0,
    target: "es2022",
    // Preloading is native in every browser we support; the polyfill would only add bytes.
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": api, "/healthz": api },
  },
});
