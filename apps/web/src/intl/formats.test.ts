import assert from "node:assert/strict";
import { it } from "node:test";
import * as formats from "./formats.ts";

/** Intl separates with several kinds of space; which one is not what these tests are about. */
function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/g, " ");
}

it("writes money as each language does in Belgium, to the last digit", () => {
  assert.equal(plain(formats.formatMoney("nl-BE", "1234567.50")), "€ 1.234.567,50");
  assert.equal(plain(formats.formatMoney("fr-BE", "1234567.50")), "1 234 567,50 €");
  assert.equal(plain(formats.formatMoney("en-IE", "1234567.50")), "€1,234,567.50");
  assert.equal(
    plain(formats.formatMoney("nl-BE", "23.5621")),
    "€ 23,5621",
    "an hourly wage keeps what was sent",
  );
  assert.equal(plain(formats.formatMoney("nl-BE", "20.5")), "€ 20,50");
  assert.equal(plain(formats.formatMoney("en-IE", "90071992547409.93")), "€90,071,992,547,409.93");
});

it("writes percentages without rounding what Liantis sent", () => {
  assert.equal(plain(formats.formatPercent("nl-BE", "27.17")), "27,17%");
  assert.equal(plain(formats.formatPercent("en-IE", "66.6667")), "66.6667%");
});

it("writes decimal hours as hours and minutes", () => {
  assert.equal(formats.formatHours("38"), "38:00");
  assert.equal(formats.formatHours("30.4"), "30:24");
  assert.equal(formats.formatHours("7.6"), "7:36");
  assert.equal(formats.formatHours("19.999"), "20:00");
});

it("spells the month, so that day and month cannot be mistaken", () => {
  assert.equal(formats.formatDate("nl-BE", "2026-10-05"), "5 oktober 2026");
  assert.equal(formats.formatDate("fr-BE", "2026-10-05"), "5 octobre 2026");
  assert.equal(formats.formatDate("en-IE", "2026-10-05"), "5 October 2026");
});

it("shows instants as clock time in Belgium, in summer and in winter", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  assert.match(formats.formatInstant("en-IE", "2026-11-22T01:14:00Z", now), /^22 Nov.* 02:14$/);
  assert.match(formats.formatInstant("en-IE", "2026-07-22T01:14:00Z", now), /^22 Jul.* 03:14$/);
  assert.match(formats.formatInstant("en-IE", "2025-12-31T23:30:00Z", now), /^1 Jan.* 00:30$/);
  assert.match(formats.formatInstant("en-IE", "2025-12-31T22:30:00Z", now), /^31 Dec 2025.* 23:30$/);
});

it("counts days by the calendar in Belgium, across the change of the clock", () => {
  assert.equal(formats.daysFromNow("2026-10-25T00:30:00Z", new Date("2026-10-24T21:59:00Z")), 1);
  assert.equal(formats.daysFromNow("2026-10-25T22:30:00Z", new Date("2026-10-24T22:30:00Z")), 0);
  assert.equal(formats.daysFromNow("2026-11-21T22:59:00Z", new Date("2026-11-21T23:01:00Z")), -1);
  assert.equal(formats.dayInBrussels(new Date("2026-12-31T23:00:00Z")), "2027-01-01");
});
