import assert from "node:assert/strict";
import test from "node:test";
import { cyclesOf, fails, imports, isTest, rankOf, sources } from "./layers.ts";
import {
  type Import,
  isProjectFile,
  packageOf,
  projectFiles,
  readProjectFile,
  withoutComments,
} from "./source-tree.ts";

const server = "apps/server/src/";

/** The rooms of the server, lowest first. A room imports rooms below it, never a room above it. */
const rooms = [
  "domain",
  "texts",
  "config.ts",
  "postgres",
  "liantis",
  "access",
  "decisions",
  "runs",
  "notify",
  "accounts",
  "connection",
  "people",
  "choices",
  "link-desk",
  "preview",
  "sync",
  "undo",
  "queue",
  "web",
  // The *.routes.ts of every room: each is the HTTP side of its room, and builds on web.
  "routes",
  "routes.ts",
  "kept-keys.ts",
  "ready-database.ts",
  "server-overrides.ts",
  "server-connections.ts",
  "server.ts",
  "cli",
  "main.ts",
  "cli.ts",
];

/** The rooms of the pure part, lowest first. */
const domainRooms = [
  "values",
  "records",
  "time",
  "catalogue",
  "wages",
  "guards",
  "plan",
  "undo",
  "explain",
  "testing",
];

const filesInFolderMax = 25;

/** Packages with one importer, so that each can be replaced in one place. `*.sql.ts` is any file with that ending. */
const doors: Record<string, string[]> = {
  undici: ["liantis"],
  cockatiel: ["liantis"],
  "p-queue": ["liantis", "access"],
  "openid-client": ["liantis", "access"],
  kysely: ["postgres", "*.sql.ts"],
  pg: ["postgres", "queue", "ready-database.ts"],
  "pg-boss": ["queue", "server-overrides.ts", "server-connections.ts", "server.ts"],
  fastify: ["web", "*.routes.ts", "routes.ts", "server.ts"],
  nodemailer: ["notify"],
  "prom-client": ["web"],
  "intl-messageformat": ["texts"],
  "decimal.js": ["domain"],
  stdnum: ["domain"],
  "temporal-polyfill": ["domain"],
};

/** What the provider calls things, where it is not what we call them. A test below looks each up in the contract. */
const wireWords = [
  "nationalRegisterNumber",
  "birthDate",
  "maritalStatus",
  "nationalities",
  "phoneNumbers",
  "employmentStartDate",
  "snapshotAt",
  "WHITE_COLLAR",
  "BLUE_COLLAR",
  "HOURLY",
  "MONTHLY",
  "employer_consent",
  "main_user",
  "unknown_employer",
  "employers:read",
  "workers:read",
  "cursor-expired",
  "consent-missing",
  "consent-revoked",
  "employer-not-found",
  "worker-not-found",
  "invalid-token",
  "rate-limited",
  "/v1/employers",
];

/** What the simulation and the benchmark may import of the server. */
const exportedToTools = [
  "apps/server/src/server.ts",
  "apps/server/src/config.ts",
  "apps/server/src/postgres/embedded.ts",
  "apps/server/tests/support/database.ts",
  "apps/server/tests/support/statement-text.ts",
];

test("every import of the project leads to a file, and names it in full", () => {
  assert.ok(sources.length > 100, "the sources were not found");
  fails(
    imports.filter(({ target }) => target !== null && !isProjectFile(target)),
    "there is no such file",
  );
});

test("a room of the server imports rooms below it only", () => {
  const wrong = withinServer().filter(
    ({ importer, imported }) => rankOf(imported, rooms) > rankOf(importer, rooms),
  );
  fails(wrong, `from the lowest up: ${rooms.join(" < ")}`);
});

test("a room of the domain imports rooms below it only", () => {
  const inDomain = (file: string) => file.slice(`${server}domain/`.length).split("/")[0] ?? "";
  const wrong = withinServer()
    .filter(({ file, importer, imported }) => importer === "domain" && imported === "domain" && !isTest(file))
    .filter(({ file, target }) => {
      const [own, other] = [inDomain(file), inDomain(target ?? "")];
      return rankOf(other, domainRooms) > rankOf(own, domainRooms);
    });
  fails(wrong, `from the lowest up: ${domainRooms.join(" < ")}`);
});

test(`no folder has more than ${filesInFolderMax} files`, () => {
  const counts = new Map<string, number>();
  const places = ["apps", "packages", "simulation", "bench", "e2e", "scripts"];
  const files = projectFiles(...places.map((place) => `${place}/**/*`));
  assert.ok(files.length > 300, "the folders were not found");
  for (const file of files.filter((one) => /\.\w+$/.test(one))) {
    const folder = file.slice(0, file.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const full = [...counts].filter(([, count]) => count > filesInFolderMax);
  assert.deepEqual(full, [], "look for the room in it that has no name yet");
});

test("liantis and postgres do not know each other", () => {
  const pair = new Set(["liantis", "postgres"]);
  const wrong = withinServer().filter(
    ({ importer, imported }) => importer !== imported && pair.has(importer) && pair.has(imported),
  );
  fails(wrong, "the provider and the storage meet one level up");
});

test("domain imports nothing but itself, decimal.js, temporal-polyfill and stdnum", () => {
  const own = ["decimal.js", "temporal-polyfill", "stdnum"];
  const ofTests = ["node:test", "node:assert", "fast-check"];
  const wrong = imports.filter(({ file, specifier, target }) => {
    if (!file.startsWith(`${server}domain/`)) return false;
    if (target !== null) return !target.startsWith(`${server}domain/`);
    return ![...own, ...(isTest(file) ? ofTests : [])].includes(packageOf(specifier));
  });
  fails(wrong, "domain is pure: what it needs of the world is an argument");
});

test("texts imports the domain and the language of the contract, and nothing else of the project", () => {
  const below = [`${server}texts/`, `${server}domain/`, "packages/contract/src/page.ts"];
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith(`${server}texts/`) && target !== null && !below.some((own) => target.startsWith(own)),
  );
  fails(wrong, "a text depends on a code, its values and the language of the reader");
});

test("each package has its few importers", () => {
  const wrong = imports.filter(({ file, specifier, target }) => {
    const allowed = target === null ? doors[packageOf(specifier)] : undefined;
    if (allowed === undefined || !file.startsWith(server) || isTest(file)) return false;
    const endings = allowed.filter((door) => door.startsWith("*"));
    return (
      !allowed.includes(serverFolderOf(file)) && !endings.some((ending) => file.endsWith(ending.slice(1)))
    );
  });
  fails(wrong, `one of: ${JSON.stringify(doors)}`);
});

test("no files import each other in a circle", () => {
  const edges = imports.flatMap(({ file, target }) => (target === null ? [] : [[file, target] as const]));
  assert.deepEqual(cyclesOf(edges), [], "files that import each other in a circle");
});

test("simulator and server share nothing: two readings of one contract check each other", () => {
  const shared = (app: string, other: string) =>
    imports.filter(
      ({ file, target }) => file.startsWith(`apps/${app}/`) && target?.startsWith(`apps/${other}/`),
    );
  fails(shared("simulator", "server"), "the simulator knows nothing of the server");
  fails(
    shared("server", "simulator").filter(({ file }) => !file.startsWith("apps/server/tests/")),
    "the server does not know that it may be talking to a simulator (its tests may start one)",
  );
  fails(
    imports.filter(
      ({ file, target }) => file.startsWith("apps/simulator/") && target?.startsWith("packages/"),
    ),
    "the contract of our own API is no business of the simulator's",
  );
});

test("the contract imports zod and itself", () => {
  const wrong = imports.filter(
    ({ file, specifier, target }) =>
      file.startsWith("packages/contract/") &&
      (target === null ? packageOf(specifier) !== "zod" : !target.startsWith("packages/contract/")),
  );
  fails(wrong, "the contract is a description, without a program");
});

test("the simulation and the benchmark import only what the product exports", () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      /^(?:simulation|bench)\//.test(file) &&
      target !== null &&
      /^(?:apps|packages)\//.test(target) &&
      !target.startsWith("packages/contract/") &&
      !exportedToTools.includes(target),
  );
  fails(
    wrong,
    `a tool starts the product with overrides and reads tables with its own SQL: ${exportedToTools.join(", ")}`,
  );
});

test("the product imports no test, and nothing imports a script or the benchmark", () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      target !== null &&
      !isTest(file) &&
      (isTest(target) || /^(?:scripts|bench|simulation|e2e)\//.test(target)) &&
      file.split("/")[0] !== target.split("/")[0],
  );
  const ofApps = imports.filter(
    ({ file, target }) =>
      /^apps\/[^/]+\/src\//.test(file) && !isTest(file) && target !== null && isTest(target),
  );
  fails([...wrong, ...ofApps], "tests and scripts import the product, not the other way round");
});

test("the words of the provider occur in liantis/ only", () => {
  const named = projectFiles(`${server}**/*.{ts,sql}`, "apps/web/src/**/*.{ts,tsx}", "packages/*/src/**/*.ts")
    .filter((file) => !file.startsWith(`${server}liantis/`))
    .flatMap((file) => {
      const source = withoutComments(readProjectFile(file));
      // As a word of its own: CANNOT_CONVERT_TO_MONTHLY is ours.
      const names = (word: string) => new RegExp(String.raw`(?<!\w)${word}(?!\w)`).test(source);
      return wireWords.filter(names).map((word) => `${file}: ${word}`);
    });
  assert.deepEqual(named, [], "use our own words: only liantis/ knows the provider's");
});

test("every watched word occurs in the provider's contract", () => {
  const contract = readProjectFile("apps/simulator/contract/liantis-partner-api.yaml");
  assert.deepEqual(
    wireWords.filter((word) => !contract.includes(word)),
    [],
  );
});

/** Imports from one place of the server to another. */
function withinServer(): (Import & { importer: string; imported: string })[] {
  return imports.flatMap((one) =>
    one.file.startsWith(server) && one.target?.startsWith(server)
      ? [{ ...one, importer: roomOf(one.file), imported: roomOf(one.target) }]
      : [],
  );
}

/** The room of a file: its folder, its name where it is in no folder, or `routes` for the HTTP side of a room. */
function roomOf(file: string): string {
  return file.endsWith(".routes.ts") ? "routes" : serverFolderOf(file);
}

function serverFolderOf(file: string): string {
  const [room = ""] = file.slice(server.length).split("/");
  return room.replace(/\.test\.ts$/, ".ts");
}
