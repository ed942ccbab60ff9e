import process from "node:process";
import { startSyncWorker, type WorkerSettings } from "./sync-worker.ts";

/** Where a worker dies: just before or just after a commit that moves the run on. */
export interface KillPlace {
  moment: "before" | "after";
  commit: number;
}

/** Exit code of a worker that came to the end of the run alive: the place was never reached. */
const survivedCode = 3;

if (import.meta.main) {
  const settings = JSON.parse(process.env["WORKER_SETTINGS"] ?? "") as WorkerSettings;
  const place = JSON.parse(process.env["KILL_PLACE"] ?? "") as KillPlace;
  const die = (commit: number) => {
    // This signal cannot be caught: nothing of the process is cleaned up.
    if (commit === place.commit) process.kill(process.pid, "SIGKILL");
  };
  const worker = await startSyncWorker(settings, () => process.exit(survivedCode), { [place.moment]: die });
  await worker.work();
  // A worker must not outlive the test that started it.
  process.stdin.on("end", () => process.exit(1)).resume();
}
