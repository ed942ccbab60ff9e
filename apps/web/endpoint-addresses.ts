import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Plugin } from "vite";

const moduleId = "virtual:endpoints";
/** The zero keeps other plugins from taking the name for a file. */
const resolvedId = `\0${moduleId}`;

/**
 * Gives the app method and path of every endpoint of the contract as `virtual:endpoints`, so that no schema is sent to the
 * browser. `src/api/virtual-endpoints.d.ts` has its type.
 */
export function endpointAddresses(): Plugin {
  return {
    name: "endpoint-addresses",
    resolveId: { filter: { id: /^virtual:endpoints$/ }, handler: () => resolvedId },
    load: {
      filter: { id: new RegExp(`^${resolvedId}$`) },
      handler: () => ({ code: `export const endpoints = ${addresses()};`, moduleType: "js", map: null }),
    },
  };
}

function addresses(): string {
  const entries = Object.entries(endpoints).map(([name, { method, path }]) => [name, { method, path }]);
  return JSON.stringify(Object.fromEntries(entries));
}
