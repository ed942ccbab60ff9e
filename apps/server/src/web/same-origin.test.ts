import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { test } from "node:test";
import { assertSameOrigin } from "./same-origin.ts";

const ours = "https://app.payflip.example";
const json = { "content-type": "application/json; charset=utf-8" };

test("a write with a cookie must come from our own page and be JSON", () => {
  const table: [IncomingHttpHeaders, boolean][] = [
    [{ origin: ours, ...json }, true],
    [{ "sec-fetch-site": "same-origin", ...json }, true],
    [{ origin: ours, "sec-fetch-site": "same-origin", ...json }, true],
    [{ ...json }, false],
    [{ origin: ours }, true],
    [{ origin: ours, "content-length": "2" }, false],
    [{ origin: ours, "transfer-encoding": "chunked" }, false],
    [{ origin: ours, "content-type": "text/plain" }, false],
    [{ origin: "https://evil.example", ...json }, false],
    [{ origin: "https://evil.example", "sec-fetch-site": "same-origin", ...json }, false],
    [{ origin: "null", ...json }, false],
    [{ origin: `${ours}.evil.example`, ...json }, false],
    [{ "sec-fetch-site": "same-site", ...json }, false],
    [{ "sec-fetch-site": "cross-site", ...json }, false],
  ];
  for (const [headers, passes] of table) {
    const check = () => assertSameOrigin({ headers }, ours, { json: true });
    if (passes) assert.doesNotThrow(check);
    else assert.throws(check, { code: "FORBIDDEN" }, JSON.stringify(headers));
  }
});

test("a write without sign-in may come from a program, not from another site", () => {
  assert.doesNotThrow(() => assertSameOrigin({ headers: {} }, ours));
  assert.throws(() => assertSameOrigin({ headers: { origin: "https://evil.example" } }, ours));
  assert.throws(() => assertSameOrigin({ headers: { "sec-fetch-site": "cross-site" } }, ours));
});
