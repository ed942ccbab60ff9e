import type { PlantedBug } from "./planted-bug.ts";

/** Mistakes in the rooms of runs and the sync. */
export const runBugs: readonly PlantedBug[] = [
  {
    name: "takes the address of a colleague",
    file: "apps/server/src/sync/facts.ts",
    text: 'return staged.target === null ? "free" : "same_entity";',
    instead: 'return "free";',
  },
  {
    name: "forgets that a contract starts today",
    file: "apps/server/src/sync/staged-record.ts",
    text: "`${rules}${phases}${contentOfRecord(record)}`",
    instead: "`${rules}${contentOfRecord(record)}`",
  },
  {
    name: "never applies an accepted listing",
    file: "apps/server/src/sync/guard-listing.ts",
    text: 'return hold?.status === "accepted" ? hold.fingerprint : null;',
    instead: "return null;",
  },
  {
    name: "accepts any listing as complete",
    file: "apps/server/src/sync/fetch.ts",
    text: "return tally.distinct === run.declaredTotal;",
    instead: "return true;",
  },
  {
    name: "reads again without removing the first reading",
    file: "apps/server/src/sync/fetch.ts",
    text: "    await dropStaged(trx, run);\n    return await checkpoint(trx, run, {\n      listing,",
    instead: "    return await checkpoint(trx, run, {\n      listing,",
  },
  {
    name: "continues a run of another worker",
    file: "apps/server/src/runs/take-run.sql.ts",
    text: '    .where("attempt", "=", run.attempt)\n    .where("status", "=", "running")\n    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("notified"))',
    instead:
      '    .where("status", "=", "running")\n    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("notified"))',
  },
  {
    name: "takes a run without counting the attempt",
    file: "apps/server/src/runs/take-run.sql.ts",
    text: 'attempt: eb("attempt", "+", 1),',
    instead: 'attempt: eb("attempt", "+", 0),',
  },
  {
    name: "forgets how many changes it numbered",
    file: "apps/server/src/sync/apply.ts",
    text: "changeSeq: run.changeSeq + changes,",
    instead: "changeSeq: run.changeSeq,",
  },
  {
    name: "does not count settled people",
    file: "apps/server/src/sync/weigh-listing.ts",
    text: "unchanged: tally.settled",
    instead: "unchanged: 0",
  },
  {
    name: "leaves staged records behind",
    file: "apps/server/src/sync/report.ts",
    text: "  await dropStaged(trx, run);\n  const verdict",
    instead: "  const verdict",
  },
  {
    name: "does not record its success",
    file: "apps/server/src/sync/report.ts",
    text: "    await recordSuccess(trx, run.customerId, run.entityId, now);\n",
    instead: "",
  },
  {
    name: "does not record absent people",
    file: "apps/server/src/sync/report.ts",
    text: "if (everybodyKnown) await markAbsent(trx, run, now);",
    instead: "",
  },
  {
    name: "skips returned people without changes",
    file: "apps/server/src/runs/staging.sql.ts",
    text: "and l.settled and l.absent_since is null",
    instead: "and l.settled",
  },
  {
    name: "reports every run as in order",
    file: "apps/server/src/sync/report.ts",
    text: "wrong > 0 || run.counts.failed > 0",
    instead: "run.counts.failed > 0",
  },
  {
    name: "stays active without consent",
    file: "apps/server/src/sync/report.ts",
    text: 'if (code !== "CONSENT_REVOKED") return false;',
    instead: 'if (code !== "" || at !== "") return false;',
  },
];
