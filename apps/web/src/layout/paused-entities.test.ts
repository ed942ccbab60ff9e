import assert from "node:assert/strict";
import { it } from "node:test";
import type { ListedEntity } from "@payflip/contract/entities.ts";
import { paths } from "../paths.ts";
import { pausedElsewhere } from "./paused-entities.ts";

function entity(id: string, pausedReason: string | null): ListedEntity {
  return { id, name: id, vatNumber: null, enterpriseNumber: null, emailDomain: null, pausedReason };
}

const entities = [entity("a", null), entity("b", "failing"), entity("c", "consent_revoked")];
const shownOn = (pathname: string, entityId?: string) =>
  pausedElsewhere(entities, { pathname, entityId }).map(({ id }) => id);

it("names paused connections on every page but the one that resumes them", () => {
  assert.deepEqual(shownOn(paths.users), ["b", "c"]);
  assert.deepEqual(shownOn(paths.issues, "b"), ["b", "c"], "its other pages have no way out on them");
  assert.deepEqual(shownOn(paths.liantis, "b"), ["c"]);
  assert.deepEqual(shownOn(`${paths.liantis}/`, "b"), ["c"]);
  assert.deepEqual(shownOn(paths.activate, "c"), ["b"]);
  assert.deepEqual(shownOn(paths.liantis, "a"), ["b", "c"]);
});
