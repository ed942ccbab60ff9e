import { test } from "node:test";
import { addDays } from "../../src/domain/values/calendar-date.ts";
import { passNights } from "./queue-years.ts";

await test("a year of 20 connections through the real queue: one run for each of them and each date", async (t) => {
  const dates = Array.from({ length: 365 }, (_, index) => addDays("2026-01-01", index));
  await passNights(t, { dates, connections: 20 });
});
