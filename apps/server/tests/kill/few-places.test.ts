import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareKillableRun } from "./killable-run.ts";

test("the run of a killed worker is taken over and ends with the same result", {
  concurrency: true,
}, async (t) => {
  const connected = await prepareKillableRun(t, "changed run");
  const named = (words: RegExp) => {
    const place = connected.places.find((one) => words.test(one.name));
    assert.ok(place, `${String(words)} is none of ${connected.places.map((one) => one.name).join("; ")}`);
    return place;
  };
  const places = [
    named(/^after .*fetch, page 2/),
    named(/^before .*apply, page 3, change (?!0)/),
    named(/^after .*finished/),
  ];
  await Promise.all(places.map((place) => t.test(place.name, (one) => connected.assertSurvives(one, place))));
});
