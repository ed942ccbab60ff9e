import { fork } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { startEmbeddedDatabase } from "../../apps/server/src/postgres/embedded.ts";
import type { PlantedBug } from "./planted-bug.ts";
import { plantedBugs } from "./planted-bugs.ts";
import type { Tally } from "../runner/run-seeds.ts";

const root = path.resolve(import.meta.dirname, "../..");
const seedsMax = 200;

/** A planted bug, and the number of seeds until a law noticed it; null: no law did. */
export interface Planted {
  bug: PlantedBug;
  seeds: number | null;
  law: string;
}

/** @returns the file with the bug in it @throws Error when the text does not occur exactly once */
export function mutated(bug: PlantedBug, directory = root): string {
  const source = readFileSync(path.join(directory, bug.file), "utf8");
  const places = source.split(bug.text).length - 1;
  if (places !== 1) throw new Error(`${bug.name}: its text occurs ${places} times in ${bug.file}`);
  return source.replace(bug.text, () => bug.instead);
}

/**
 * Plants each bug in a copy of the tree and runs seeds until a law breaks.
 * @param only part of a name, or parts of several with "|" between them; "" for all
 * @returns whether every bug was caught
 */
export async function plantBugs({ only, processes }: { only: string; processes: number }): Promise<boolean> {
  const bugs = plantedBugs.filter((bug) => only.split("|").some((part) => bug.name.includes(part)));
  const database = process.env["TEST_DATABASE_URL"]
    ? null
    : await startEmbeddedDatabase(path.join(root, "var/test"), { durable: false });
  if (database) process.env["TEST_DATABASE_URL"] = database.ownerUrl;
  const caught: Planted[] = [];
  const queue = [...bugs];
  const work = async (place: number) => {
    const copy = copyTree(place);
    for (let bug = queue.shift(); bug !== undefined; bug = queue.shift()) {
      const planted = await plant(bug, copy);
      caught.push(planted);
      console.log(
        `${planted.seeds === null ? "SURVIVED" : String(planted.seeds).padStart(8)}  ${bug.name}  ${planted.law}`,
      );
    }
    rmSync(copy, { recursive: true, force: true });
  };
  await Promise.all(Array.from({ length: Math.max(1, processes) }, (_, place) => work(place)));
  await database?.stop();
  const survivors = caught.filter((one) => one.seeds === null);
  console.log(`${caught.length} planted bugs, ${survivors.length} survived ${seedsMax} seeds`);
  return survivors.length === 0;
}

/** Copies what the engine and the simulation need; the installed packages are linked. */
function copyTree(place: number): string {
  const copy = path.join(root, "var", `planted-${process.pid}-${place}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of ["apps/server/src", "apps/server/tests", "simulation", "package.json"])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  for (const part of ["apps/server/package.json", "packages"])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  return copy;
}

async function plant(bug: PlantedBug, copy: string): Promise<Planted> {
  const file = path.join(copy, bug.file);
  const original = readFileSync(path.join(root, bug.file), "utf8");
  writeFileSync(file, mutated(bug));
  try {
    const tally = await seedsIn(copy);
    const [failed] = tally.failures;
    const law = failed?.failure?.breaches[0]?.split("\n")[0]?.slice(0, 110) ?? "";
    return { bug, seeds: failed === undefined ? null : tally.seeds, law };
  } finally {
    writeFileSync(file, original);
  }
}

/** @throws Error when the process ends without a tally: then the bug broke the program and not a law */
async function seedsIn(copy: string): Promise<Tally> {
  const args = ["--seeds", String(seedsMax), "--first-failure"];
  const child = fork(path.join(copy, "simulation/main.ts"), args, {
    cwd: copy,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  return await new Promise((resolve, reject) => {
    let tally: Tally | null = null;
    let errorText = "";
    child.stderr?.on("data", (text: Buffer) => {
      errorText += text.toString();
    });
    child.once("message", (message: Tally) => {
      tally = message;
    });
    child.once("exit", () => {
      if (tally === null)
        reject(new Error(`seeds over a planted bug gave no tally: ${errorText.slice(0, 2000)}`));
      else resolve(tally);
    });
  });
}
