import assert from "node:assert/strict";
import { test } from "node:test";
import { addressBucket } from "./address-bucket.ts";

test("an IPv6 /64 is one caller, an IPv4 address is itself", () => {
  const table: [string, string][] = [
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["2001:db8::2:3", "2001:db8:0:0"],
    ["2001:0DB8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::1", "0:0:0:0"],
  ];
  for (const [address, bucket] of table) assert.equal(addressBucket(address), bucket, address);
});
