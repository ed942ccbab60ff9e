import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

/** `npm run dev`: the server, restarted after each change of a file, and the web app with hot reload. */
const root = path.resolve(import.meta.dirname, "..");
const port = process.env["PORT"] || "3000";
const children = [
  spawn(process.execPath, ["--watch", "--watch-preserve-output", path.join(root, "scripts/start.ts")], {
    cwd: root,
    stdio: "inherit",
  }),
  spawn(process.execPath, [path.join(root, "node_modules/vite/bin/vite.js")], {
    cwd: path.join(root, "apps/web"),
    stdio: "inherit",
    env: { ...process.env, VITE_API_URL: `http://127.0.0.1:${port}` },
  }),
];
for (const child of children) {
  child.on("exit", () => {
    for (const other of children) other.kill("SIGTERM");
  });
}
process.on("SIGINT", () => {});
