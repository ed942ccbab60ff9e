import assert from "node:assert/strict";
import { test } from "node:test";
import { isLoopbackHost } from "./loopback.ts";

test("localhost, 127.0.0.0/8 and ::1 are this machine", () => {
  for (const host of ["localhost", "127.0.0.1", "127.0.0.2", "127.255.0.9", "::1", "[::1]"]) {
    assert.equal(isLoopbackHost(host), true, host);
  }
  for (const host of ["", "0.0.0.0", "128.0.0.1", "10.127.0.0.1", "127.0.0.1.example", "localhost.example"]) {
    assert.equal(isLoopbackHost(host), false, host);
  }
});
