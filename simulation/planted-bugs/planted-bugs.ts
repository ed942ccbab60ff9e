/** A mistake that somebody might make in the engine, as one small replacement. */
export interface PlantedBug {
  /** What the engine then does. */
  name: string;
  file: string;
  /** Stands there exactly once. */
  text: string;
  instead: string;
}

/** Each must be seen by the simulation within a few seeds. */
export const plantedBugs: PlantedBug[] = [
  {
    name: "matches two people of one address",
    file: "apps/server/src/domain/plan/first-match.ts",
    text: "if (isAccepted || !namesDiffer(source, employee)) return null;",
    instead: "if (isAccepted || source !== null) return null;",
  },
  {
    name: "matches somebody who has left",
    file: "apps/server/src/domain/plan/first-match.ts",
    text: 'if (employee.deactivated) return personIssue("REHIRE_OF_DEACTIVATED_USER", params);',
    instead: "",
  },
  {
    name: "imports a shared address",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: "if (facts.sameEmailEmployeeNumbers.length > 0) {",
    instead: "if (facts.sameEmailEmployeeNumbers.length > 9) {",
  },
  {
    name: "takes the address of a colleague",
    file: "apps/server/src/sync/facts.ts",
    text: 'return staged.target === null ? "free" : "same_entity";',
    instead: 'return "free";',
  },
  {
    name: "gives everybody the customer's language",
    file: "apps/server/src/domain/plan/plan.ts",
    text: "language: source.language ?? policy.defaultLanguage,",
    instead: "language: policy.defaultLanguage,",
  },
  {
    name: "does not know English",
    file: "apps/server/src/liantis/decode.ts",
    text: '  ["E", "en"],\n',
    instead: "",
  },
  {
    name: "wipes a name that was not sent",
    file: "apps/server/src/domain/plan/plan.ts",
    text: "after: person.values[field] ?? employee[field],",
    instead: "after: person.values[field],",
  },
  {
    name: "swaps first and last name in an update",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "...personColumns(updatedPersonFields),",
    instead:
      '...personColumns(updatedPersonFields).map((one) => ({ ...one, name: { first_name: "last_name", last_name: "first_name" }[one.name] ?? one.name })),',
  },
  {
    name: "takes any start of service",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: "if (startDate !== null && isPlausibleDate(startDate)) return { value: startDate, issues: [] };",
    instead: "if (startDate !== null) return { value: startDate, issues: [] };",
  },
  {
    name: "changes the sign-in of whoever was invited",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "and e.invited_at is null and a.password_hash is null",
    instead: "and a.password_hash is null",
  },
  {
    name: "says nothing of a missing address",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: ': unusable("EMAIL_MISSING", {});',
    instead: ": { value: null, issues: [] };",
  },
  {
    name: "wipes a statute that was not sent",
    file: "apps/server/src/domain/wages/contract-merge.ts",
    text: "statute: record.statute ?? prior?.statute ?? null,",
    instead: "statute: record.statute,",
  },
  {
    name: "never opens an ended contract again",
    file: "apps/server/src/domain/wages/contract-dates.ts",
    text: "const endDate = sentEnd === undefined ? (prior?.endDate ?? null) : sentEnd;",
    instead: "const endDate = sentEnd ?? prior?.endDate ?? null;",
  },
  {
    name: "takes an unreadable end for none",
    file: "apps/server/src/liantis/fields.ts",
    text: "(this.date(field, value) ?? undefined)",
    instead: "(this.date(field, value) ?? null)",
  },
  {
    name: "counts 4.33 weeks in a month",
    file: "apps/server/src/domain/wages/wage-conversion.ts",
    text: 'centsOf([grossAmount, weeklyHours, "13"], "3")',
    instead: 'centsOf([grossAmount, weeklyHours, "4.33"])',
  },
  {
    name: "rounds cents down",
    file: "apps/server/src/domain/values/decimal.ts",
    text: "toFixed(2, Decimal.ROUND_HALF_UP)",
    instead: "toFixed(2, Decimal.ROUND_DOWN)",
  },
  {
    name: "converts the wage of blue-collar workers",
    file: "apps/server/src/domain/wages/wage-conversion.ts",
    text: 'if (statute === "blue_collar") return { kind: "stays_hourly", grossMonthly: null };',
    instead: "",
  },
  {
    name: "ends a contract a day early",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "return endDate === null || compareDates(endDate, today) >= 0;",
    instead: "return endDate === null || compareDates(endDate, today) > 0;",
  },
  {
    name: "starts a contract before its day",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "if (startDate === null || compareDates(startDate, today) > 0) return false;",
    instead: "if (startDate === null) return false;",
  },
  {
    name: "lets a withdrawn contract drive the wage",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "contracts.filter((one) => !one.withdrawn && one.startDate !== null)",
    instead: "contracts.filter((one) => one.startDate !== null)",
  },
  {
    name: "never withdraws a contract",
    file: "apps/server/src/domain/plan/plan-contracts.ts",
    text: "return stored.endDate === null || stored.endDate >= today;",
    instead: "return false;",
  },
  {
    name: "sums the regimes past full time",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: 'compareDecimals(sumDecimals(regimes), "100") > 0',
    instead: 'compareDecimals(sumDecimals(regimes), "1000") > 0',
  },
  {
    name: "writes the hours of a full-timer",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: '...contractColumns(contractFieldNames),\n  plainColumn("withdrawn"',
    instead:
      '...contractColumns(contractFieldNames).filter((one) => one.name !== "weekly_hours"),\n  textColumn("weekly_hours", "numeric", (row) => row.referenceWeeklyHours),\n  plainColumn("withdrawn"',
  },
  {
    name: "forgets that a contract starts today",
    file: "apps/server/src/sync/staged-record.ts",
    text: "`${rules}${phases}${contentOfRecord(record)}`",
    instead: "`${rules}${contentOfRecord(record)}`",
  },
  {
    name: "loses the joint committee",
    file: "apps/server/src/domain/records/record-text.ts",
    text: "({ ...notUsableContract, ...contract })",
    instead: "({ ...notUsableContract, ...contract, jointCommittee: null })",
  },
  {
    name: "takes an amount without its unit",
    file: "apps/server/src/domain/wages/contract-merge.ts",
    text: "if (grossAmount !== null && known.wageType === null) {",
    instead: "if (grossAmount !== null) {",
  },
  {
    name: "writes a wage that jumped",
    file: "apps/server/src/domain/plan/hold-plan.ts",
    text: "if (reasons.length === 0) return { contracts, holds: [] };",
    instead: "if (reasons.length < 99) return { contracts, holds: [] };",
  },
  {
    name: "looks at each wage contract by itself",
    file: "apps/server/src/domain/guards/wage-guard.ts",
    text: "...jumpReasons(before, plan, limits),",
    instead: "",
  },
  {
    name: "never lets an accepted wage through",
    file: "apps/server/src/domain/plan/person-holds.ts",
    text: 'if (decided?.status === "accepted") return null;',
    instead: "",
  },
  {
    name: "asks again what was rejected",
    file: "apps/server/src/domain/plan/person-holds.ts",
    text: 'status: decided?.status ?? "open"',
    instead: 'status: "open"',
  },
  {
    name: "keeps a question that answered itself",
    file: "apps/server/src/decisions/person-holds.sql.ts",
    text: "and kind <> 'reverted' and last_run_id is distinct from ${run.runId}::uuid",
    instead: "and kind = 'nothing'",
  },
  {
    name: "lets many go without a question",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "newlyAbsentPeople * 100 > thresholds.absentPercentMax * linkedPeople;",
    instead: "newlyAbsentPeople * 100 > 100 * linkedPeople;",
  },
  {
    name: "lets all go without a question",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "if (newlyAbsentPeople >= linkedPeople && linkedPeople > 1) {",
    instead: "if (newlyAbsentPeople > linkedPeople) {",
  },
  {
    name: "does not see that a field emptied",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "lost >= thresholds.coverageDropPeopleMin &&",
    instead: "lost >= 99 &&",
  },
  {
    name: "counts nobody in a held run",
    file: "apps/server/src/domain/plan/counts.ts",
    text: "held: counts.held + created + linked + updated };",
    instead: "held: counts.held };",
  },
  {
    name: "never lets an accepted listing through",
    file: "apps/server/src/sync/guard.ts",
    text: 'return hold?.status === "accepted" ? hold.fingerprint : null;',
    instead: "return null;",
  },
  {
    name: "takes any listing for complete",
    file: "apps/server/src/sync/fetch.ts",
    text: "return tally.distinct === run.declaredTotal;",
    instead: "return true;",
  },
  {
    name: "reads again on top of what was read",
    file: "apps/server/src/sync/fetch.ts",
    text: "    await dropStaged(trx, run);\n    return await checkpoint(trx, run, {\n      listing,",
    instead: "    return await checkpoint(trx, run, {\n      listing,",
  },
  {
    name: "goes on with a run of another worker",
    file: "apps/server/src/runs/take-run.sql.ts",
    text: '    .where("attempt", "=", run.attempt)\n    .where("status", "=", "running")\n    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("notified"))',
    instead:
      '    .where("status", "=", "running")\n    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("notified"))',
  },
  {
    name: "takes a run without a new attempt",
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
    name: "does not count who has nothing to do",
    file: "apps/server/src/sync/weigh-listing.ts",
    text: "unchanged: tally.settled",
    instead: "unchanged: 0",
  },
  {
    name: "leaves what was staged behind",
    file: "apps/server/src/sync/report.ts",
    text: "  await dropStaged(trx, run);\n  const verdict",
    instead: "  const verdict",
  },
  {
    name: "does not remember its success",
    file: "apps/server/src/sync/report.ts",
    text: "    await recordSuccess(trx, run.customerId, run.entityId, now);\n",
    instead: "",
  },
  {
    name: "does not remember who is gone",
    file: "apps/server/src/sync/report.ts",
    text: "if (everybodyKnown) await markAbsent(trx, run, now);",
    instead: "",
  },
  {
    name: "takes whoever returned for gone",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "settled = excluded.settled, absent_since = null",
    instead: "settled = excluded.settled",
  },
  {
    name: "takes who cannot be read for gone",
    file: "apps/server/src/people/links/links.sql.ts",
    text: "  select unnest(unreadable_worker_ids)\n  from staged_pages\n  where customer_id = ${run.customerId} and run_id = ${run.runId}\n  union all\n",
    instead: "",
  },
  {
    name: "skips whoever returned unchanged",
    file: "apps/server/src/runs/staging.sql.ts",
    text: "and l.settled and l.absent_since is null",
    instead: "and l.settled",
  },
  {
    name: "marks absent in every entity",
    file: "apps/server/src/people/links/links.sql.ts",
    text: "and l.entity_id = ${run.entityId}\n      and l.absent_since is null\n      and not exists",
    instead: "and l.absent_since is null\n      and not exists",
  },
  {
    name: "closes the issues of every entity",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: '    .where("entity_id", "=", run.entityId)\n    .where("status", "<>", "closed")\n    .where("last_run_id"',
    instead: '    .where("status", "<>", "closed")\n    .where("last_run_id"',
  },
  {
    name: "never closes an issue",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: "{ workerId, except }: { workerId: string | null; except: readonly string[] },\n): Promise<void> {\n",
    instead:
      '{ workerId, except }: { workerId: string | null; except: readonly string[] },\n): Promise<void> {\n  if (run.runId !== "") return;\n',
  },
  {
    name: "does not see an issue again",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: "else i.runs + 1 end,\n      last_run_id = excluded.last_run_id",
    instead: "else i.runs + 1 end",
  },
  {
    name: "calls everything in order",
    file: "apps/server/src/sync/report.ts",
    text: "wrong > 0 || run.counts.failed > 0",
    instead: "run.counts.failed > 0",
  },
  {
    name: "goes on without consent",
    file: "apps/server/src/sync/report.ts",
    text: 'if (code !== "CONSENT_REVOKED") return false;',
    instead: 'if (code !== "" || at !== "") return false;',
  },
  {
    name: "leaves a run open when it is switched off",
    file: "apps/server/src/connection/switch-connection.ts",
    text: "    const cancelled = await cancelOpenRuns(trx, customerId, entityId, now);",
    instead: "    const cancelled: string[] = [];",
  },
  {
    name: "misses the night",
    file: "apps/server/src/domain/time/schedule.ts",
    text: "return slot <= state.now && state.activeSince < slot ? today : null;",
    instead: "return slot <= state.now && state.activeSince > slot ? today : null;",
  },
  {
    name: "fetches whoever was not chosen",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where true or (",
  },
  {
    name: "goes on with whoever was released",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where c.choice in ('selected', 'released') or (",
  },
  {
    name: "imports whoever waits",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where c.choice in ('selected', 'waiting') or (",
  },
  {
    name: "forgets who waits",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'waiting', ${now}::timestamptz\n    from (${unchosen}) u",
    instead:
      "select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'excluded', ${now}::timestamptz\n    from (${unchosen}) u",
  },
  {
    name: "takes the unchosen for gone",
    file: "apps/server/src/people/links/links.sql.ts",
    text: "  select unnest(unchosen_worker_ids) as worker_id\n  from staged_pages\n  where customer_id = ${run.customerId} and run_id = ${run.runId}\n  union all\n  ${presentInScope(run)}`;",
    instead: "  ${presentInScope(run)}`;",
  },
  {
    name: "undoes what was written since as well",
    file: "apps/server/src/domain/undo/plan-undo.ts",
    text: "const isFree = isSameValue(employee[field], after) && !person.touched.has(touchKey(null, field));",
    instead: "const isFree = true;",
  },
  {
    name: "undoes one field of a change and says all",
    file: "apps/server/src/domain/undo/plan-undo.ts",
    text: "for (const field of openFields(change).filter(isUpdatedPersonField)) {",
    instead: "for (const field of openFields(change).filter(isUpdatedPersonField).slice(0, 1)) {",
  },
];
