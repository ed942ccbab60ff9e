import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const compiler = createRequire(import.meta.url).resolve("@formatjs/cli/bin/formatjs");

/**
 * Compiles the ICU message files at build time, so that no message parser is sent to the browser.
 *
 * @throws when a message is not valid ICU: the build stops rather than show a broken text.
 */
export function compiledMessages(): Plugin {
  return {
    name: "compiled-messages",
    enforce: "pre",
    load: {
      filter: { id: /\/messages\/[a-z]{2}\.json$/ },
      handler(id) {
        const ast = execFileSync(process.execPath, [compiler, "compile", id, "--ast", "--format", "simple"], {
          encoding: "utf8",
          maxBuffer: 64 * 1024 * 1024,
        });
        this.addWatchFile(id);
        return { code: `export default ${JSON.stringify(JSON.parse(ast))};`, moduleType: "js", map: null };
      },
    },
  };
}
