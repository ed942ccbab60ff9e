import assert from "node:assert/strict";
import { it } from "node:test";
import { parseSearch, searchSchemas, stringifySearch } from "./search.ts";

it("leaves text as text, both ways", () => {
  assert.deepEqual(parseSearch("?q=0123&page=2&x=true"), { q: "0123", page: "2", x: "true" });
  assert.equal(stringifySearch({ q: "Zoé & co", entity: undefined, status: "" }), "?q=Zo%C3%A9+%26+co");
  assert.equal(stringifySearch({}), "");
});

it("ignores an invalid value instead of refusing the page", () => {
  assert.equal(searchSchemas.users.parse({ status: "retired", q: "an" }).status, undefined);
  assert.equal(searchSchemas.users.parse({ status: "active" }).status, "active");
});
