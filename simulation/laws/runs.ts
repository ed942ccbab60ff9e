import type { Between, Breach } from "../observations/step-span.ts";
import { buckets, type ChangeRow, type RunRow, type Snapshot } from "../observations/snapshot.ts";

const allowed: Record<RunRow["status"], RunRow["status"][]> = {
  queued: ["queued", "running", "finished", "cancelled"],
  running: ["running", "finished", "cancelled"],
  finished: ["finished"],
  cancelled: ["cancelled"],
};

/** One open run per connection, allowed states only, one run per night, and counts that match the changes. */
export function runsKeepTheirGraph({ before, after }: Between): Breach[] {
  const earlier = new Map(before.runs.map((run) => [run.run_id, run]));
  const stepped = after.runs.flatMap((run) => {
    const was = earlier.get(run.run_id);
    const wrong: Breach[] = [];
    if (was !== undefined && !allowed[was.status].includes(run.status))
      wrong.push(`${was.status} → ${run.status}`);
    if (was !== undefined && was.attempt > run.attempt) wrong.push("an attempt went back");
    if ((run.status === "finished") !== (run.verdict !== null)) wrong.push("a verdict without an end");
    if (was?.status === "finished" && JSON.stringify(was) !== JSON.stringify(run))
      wrong.push("a run went on after its end");
    return [
      ...wrong,
      ...(run.status === "finished" && was?.status !== "finished" ? countsAre(run, after) : []),
    ];
  });
  return [...earlier.keys()].every((id) => after.runs.some((run) => run.run_id === id))
    ? [...stepped, ...openTwice(after), ...leftovers(after), ...twiceANight(after)]
    : ["a run is gone"];
}

function openTwice({ runs }: Snapshot): Breach[] {
  const open = runs.filter((run) => run.status === "queued" || run.status === "running");
  const whole = open.filter((run) => run.kind === "full_listing").map((run) => run.entity_id);
  return new Set(whole).size === whole.length ? [] : ["two runs of a connection are open"];
}

function leftovers({ runs, stagedPages, stagedWorkers }: Snapshot): Breach[] {
  const running = new Set(runs.filter((run) => run.status === "running").map((run) => run.run_id));
  const left = [...stagedPages, ...stagedWorkers].some((row) => !running.has(row.run_id));
  return left ? ["what was staged outlived its run"] : [];
}

function twiceANight({ runs }: Snapshot): Breach[] {
  const nights = runs
    .filter((run) => run.scheduled_for !== null)
    .map((run) => `${run.entity_id} ${run.scheduled_for}`);
  return new Set(nights).size === nights.length ? [] : ["two nightly runs on one date"];
}

/** The counts of a finished run balance and match its changes. */
function countsAre(run: RunRow, after: Snapshot): Breach[] {
  if (
    run.verdict === "incomplete" ||
    run.verdict === "failed" ||
    run.kind === "preview" ||
    run.kind === "undo"
  ) {
    return run.error_code === "COUNTS_UNBALANCED" || run.error_code === "INTERNAL"
      ? [`a run ended with ${run.error_code}`]
      : [];
  }
  const sum = buckets.reduce((total, bucket) => total + run.counts[bucket], 0);
  const changes = after.changes.filter((change) => change.run_id === run.run_id);
  const people = (kinds: string[]) =>
    new Set(
      changes
        .filter((one) => one.contract_id === null && kinds.includes(one.kind))
        .map((one) => one.worker_id),
    );
  const [created, linked] = [people(["create"]), people(["link"])];
  const others = new Set(
    changes.map((one) => one.worker_id).filter((id) => !created.has(id) && !linked.has(id)),
  );
  const { counts } = run;
  const wrong: Breach[] = [];
  if (sum !== counts.fetched) wrong.push(`counts do not balance: ${JSON.stringify(counts)}`);
  if (run.verdict === "held" && (changes.length > 0 || counts.created + counts.linked + counts.updated > 0))
    wrong.push("a held run has written");
  // A person whose wage is held counts as held, even if other fields were written.
  const written = { created: created.size, linked: linked.size, updated: others.size };
  for (const bucket of ["created", "linked", "updated"] as const) {
    if (written[bucket] < counts[bucket] || written[bucket] > counts[bucket] + counts.held)
      wrong.push(`${bucket} ${counts[bucket]}, the changes say ${written[bucket]}`);
  }
  const all = created.size + linked.size + others.size;
  if (all > counts.created + counts.linked + counts.updated + counts.held)
    wrong.push("people were written and not counted");
  if (!isNumberedWithoutGaps(run, changes)) wrong.push("changes are not numbered without gaps");
  if (run.done !== counts.fetched) wrong.push(`done ${run.done} of ${counts.fetched}`);
  return wrong.map((how) => `${run.trigger} run: ${how}`);
}

function isNumberedWithoutGaps(run: RunRow, changes: ChangeRow[]): boolean {
  return changes.length === run.change_seq && changes.every((change, index) => change.seq === index + 1);
}
