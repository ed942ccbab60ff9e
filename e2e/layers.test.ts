import assert from "node:assert/strict";
import test from "node:test";
import {
  type Import,
  importsOf,
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
  "cli",
  "server.ts",
  "main.ts",
  "cli.ts",
];

const web = "apps/web/src/";

/** The folders of the app, from the bottom up: texts and addresses, calls, controls, session, parts of pages, pages, frame. */
const webLevels: string[][] = [
  ["intl", "paths.ts", "search.ts"],
  ["api"],
  ["ui"],
  ["access"],
  ["changes", "runs", "company", "cases", "customers", "links", "tasks"],
  ["previews", "undo", "issues"],
  ["choices", "holds"],
  ["integration", "people", "history"],
  ["activation", "fleet"],
  ["layout"],
  ["routes.tsx"],
  ["main.tsx"],
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
  "p-queue": ["liantis"],
  "openid-client": ["liantis", "access"],
  kysely: ["postgres", "*.sql.ts"],
  pg: ["postgres", "queue", "ready-database.ts"],
  "pg-boss": ["queue", "server.ts"],
  fastify: ["web", "*.routes.ts", "routes.ts", "server.ts"],
  nodemailer: ["notify"],
  "prom-client": ["web"],
  "intl-messageformat": ["texts"],
  "decimal.js": ["domain"],
  stdnum: ["domain"],
  "temporal-polyfill": ["domain"],
};

/** What the provider calls things, where it is not what we call them. Each stands in the contract (a test below). */
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

const sources = projectFiles(
  "apps/*/src/**/*.{ts,tsx}",
  "apps/*/tests/**/*.ts",
  "apps/web/*.ts",
  "packages/*/src/**/*.ts",
  "scripts/**/*.{ts,mjs}",
  "bench/**/*.ts",
  "simulation/**/*.ts",
);
const imports = sources.flatMap(importsOf);

test("every import of the house leads to a file, and names it in full", () => {
  assert.ok(sources.length > 100, "the sources were not found");
  fails(
    imports.filter(({ target }) => target !== null && !isProjectFile(target)),
    "there is no such file",
  );
});

test("a room of the server imports rooms below it only", () => {
  const wrong = withinServer().filter(({ from, to }) => rankOf(to, rooms) > rankOf(from, rooms));
  fails(wrong, `from the lowest up: ${rooms.join(" < ")}`);
});

test("a room of the domain imports rooms below it only", () => {
  const inDomain = (file: string) => file.slice(`${server}domain/`.length).split("/")[0] ?? "";
  const wrong = withinServer()
    .filter(({ file, from, to }) => from === "domain" && to === "domain" && !isTest(file))
    .filter(({ file, target }) => {
      const [from, to] = [inDomain(file), inDomain(target ?? "")];
      return from !== to && rankOf(to, domainRooms) > rankOf(from, domainRooms);
    });
  fails(wrong, `from the lowest up: ${domainRooms.join(" < ")}`);
});

test(`no folder of the server, its tests or the tools has more than ${filesInFolderMax} files`, () => {
  const counts = new Map<string, number>();
  const places = ["apps/server/{src,tests}", "simulation", "bench", "e2e", "scripts"];
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
  const wrong = withinServer().filter(({ from, to }) => from !== to && pair.has(from) && pair.has(to));
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

test("texts imports the domain and the language of the contract, and nothing else of the house", () => {
  const below = [`${server}texts/`, `${server}domain/`, "packages/contract/src/page.ts"];
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith(`${server}texts/`) && target !== null && !below.some((own) => target.startsWith(own)),
  );
  fails(wrong, "a text depends on a code, its values and the language of the reader");
});

test("each package stands behind its door", () => {
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

test("no file comes back to itself through what it imports", () => {
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

test("web stands on the contract alone", () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith("apps/web/") &&
      target !== null &&
      !target.startsWith("apps/web/") &&
      !target.startsWith("packages/contract/"),
  );
  fails(wrong, "web imports @payflip/contract and nothing else of the house");
  const values = imports.filter(
    ({ file, target, typeOnly }) =>
      file.startsWith("apps/web/src/") && target?.startsWith("packages/contract/") && !typeOnly,
  );
  fails(values, "the browser takes the types of the contract only: its schemas would be sent along");
});

test("the app's folders import downwards only", () => {
  const wrong = withinWeb().filter(({ from, to }) => webLevelOf(to) > webLevelOf(from));
  fails(wrong, webLevels.map((rooms) => rooms.join(", ")).join(" < "));
});

test("no folder of the app comes back to itself", () => {
  const between = (depth: (file: string) => string) =>
    withinWeb().flatMap(({ file, target }) =>
      target === null || depth(file) === depth(target) ? [] : [[depth(file), depth(target)] as const],
    );
  assert.deepEqual(cyclesOf(between(webRoomOf)), [], "folders that import each other in a circle");
  assert.deepEqual(
    cyclesOf(between(folderOf)),
    [],
    "folders within folders that import each other in a circle",
  );
});

test("no file of the app comes back to itself", () => {
  const edges = withinWeb().flatMap(({ file, target }) => (target === null ? [] : [[file, target] as const]));
  assert.ok(edges.length > 100, "the imports of the app were not found");
  assert.deepEqual(cyclesOf(edges), [], "files that import each other in a circle");
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
    `a tool starts the product with overrides, and reads tables with SQL of its own: ${exportedToTools.join(", ")}`,
  );
});

test("what runs imports no test, and nothing imports a script or the benchmark", () => {
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
  fails([...wrong, ...ofApps], "tests and scripts stand on the product, never the other way round");
});

test("nothing outside liantis/ names what the provider calls things", () => {
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

test("every word that is watched for stands in the provider's contract", () => {
  const contract = readProjectFile("apps/simulator/contract/liantis-partner-api.yaml");
  assert.deepEqual(
    wireWords.filter((word) => !contract.includes(word)),
    [],
  );
});

/** Fails with a line for each: where it stands, what it imports, and the rule that it breaks. */
function fails(wrong: readonly Import[], rule: string): void {
  const lines = wrong.map(({ file, specifier }) => `  ${file} imports ${specifier}`);
  assert.equal(lines.length, 0, `${rule}:\n${lines.join("\n")}`);
}

/** Imports from one place of the server to another. */
function withinServer(): (Import & { from: string; to: string })[] {
  return imports.flatMap((one) =>
    one.file.startsWith(server) && one.target?.startsWith(server)
      ? [{ ...one, from: roomOf(one.file), to: roomOf(one.target) }]
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

function rankOf(room: string, order: readonly string[]): number {
  const rank = order.indexOf(room);
  assert.notEqual(
    rank,
    -1,
    `${room} has no place in the order: give it one here and in docs/architecture.md`,
  );
  return rank;
}

function isTest(file: string): boolean {
  return /\.test\.ts$|^apps\/[^/]+\/tests\/|^(?:e2e|simulation)\//.test(file);
}

/** Imports from one file of the app to another; style sheets belong to no folder. */
function withinWeb(): (Import & { from: string; to: string })[] {
  return imports.flatMap((one) =>
    one.file.startsWith(web) && one.target?.startsWith(web) && !one.target.endsWith(".css")
      ? [{ ...one, from: webRoomOf(one.file), to: webRoomOf(one.target) }]
      : [],
  );
}

/** The folder right below src, or the name of a file beside these folders; a test belongs where its file is. */
function webRoomOf(file: string): string {
  const [room = ""] = file.slice(web.length).split("/");
  return room.replace(/\.test\.tsx?$/, ".ts");
}

function webLevelOf(room: string): number {
  const level = webLevels.findIndex((rooms) => rooms.includes(room));
  assert.notEqual(level, -1, `${web}${room} has no level: give it one in webLevels`);
  return level;
}

/** The whole path of the folder; files beside the folders of src count for themselves. */
function folderOf(file: string): string {
  const folder = file.slice(web.length).split("/").slice(0, -1).join("/");
  return folder === "" ? webRoomOf(file) : folder;
}

/** Every circle once, as the way round it. */
function cyclesOf(edges: readonly (readonly [string, string])[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (node: string, way: string[]) => {
    const at = way.indexOf(node);
    if (at !== -1) cycles.push([...way.slice(at), node].join(" → "));
    if (at !== -1 || done.has(node)) return;
    for (const to of next.get(node) ?? []) visit(to, [...way, node]);
    done.add(node);
  };
  for (const node of next.keys()) visit(node, []);
  return cycles;
}
