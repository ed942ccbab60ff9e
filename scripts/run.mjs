// Installs the locked packages (once per lock file), then runs a script of the project with the pinned Node.
// It is plain JavaScript without dependencies: it must run on any Node from 20 up, before packages are installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const nodeMajorMin = 24;

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function installLocked() {
  const stamp = path.join(root, "node_modules", ".installed");
  const wanted = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing the locked packages (once per lock file) …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (done.status !== 0)
    fail("npm ci failed: check the network to your npm registry, then run the same command again.");
  writeFileSync(stamp, wanted);
}

function pinnedNode() {
  const pinned = path.join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split(".")[0]) >= nodeMajorMin) return process.execPath;
  return fail(
    `There is no pinned Node for ${process.platform}-${process.arch}: install Node ${nodeMajorMin} or newer and try again.`,
  );
}

installLocked();
const argumentsGiven = process.argv.slice(2);
// Options for Node itself come before the script.
const scriptIndex = argumentsGiven.findIndex((word) => !word.startsWith("--"));
const [script, ...scriptArguments] = argumentsGiven.slice(scriptIndex);
const nodeOptions = argumentsGiven.slice(0, scriptIndex);
const node = pinnedNode();
const child = spawn(node, [...nodeOptions, path.join(root, script), ...scriptArguments], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, "node_modules", ".cache", "node"),
  },
});
// Ctrl-C reaches the whole process group. A signal that only this process gets is passed on to the child.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
