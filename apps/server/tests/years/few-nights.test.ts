import { test } from "node:test";
import { passNights } from "./queue-years.ts";

test("both changes of the clock through the real queue: one run for each connection and date", async (t) => {
  const dates = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"];
  await passNights(t, { dates, connections: 5 });
});
