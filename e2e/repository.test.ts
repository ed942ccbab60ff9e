import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import {
  contractFieldNames,
  personFields,
  storedPersonFields,
} from "../apps/server/src/domain/records/synced-fields.ts";
import { columnName } from "../apps/server/src/postgres/field-columns.ts";
import { createTestDatabase } from "../apps/server/tests/support/database.ts";
import { projectFiles, readProjectFile, withoutComments } from "./source-tree.ts";

const linesMax = 400;
const sourceFiles = projectFiles("**/*.{ts,tsx,mjs}");
const textFiles = [
  ...projectFiles("**/*.{ts,tsx,mjs,md,json,yaml,yml,sql,css,html}", ".ci/*"),
  ".npmrc",
  ".gitignore",
  ".editorconfig",
  ".oxlintrc.json",
].filter((file) => file !== "package-lock.json");

test(`no source file has more than ${linesMax} lines`, () => {
  assert.ok(sourceFiles.length > 200, "the sources were not found");
  const long = [...sourceFiles, ...projectFiles("**/*.{sql,css}")].filter(
    (file) => readProjectFile(file).split("\n").length - 1 > linesMax,
  );
  assert.deepEqual(long, [], "split them by topic");
});

test("no test is skipped, and no check is disabled", () => {
  const inCode = { "a skipped test": /\.(?:skip|only|todo)\(/, "a cast to any": /\bas\s+any\b/ };
  const inComments = {
    "a disabled compiler error": /@ts-(?:ignore|nocheck|expect-error)/,
    "a disabled lint rule": /\b(?:oxlint|eslint|biome)-(?:disable|ignore)/,
    "unfinished work": /\b(?:TODO|FIXME|XXX)\b/,
  };
  assert.deepEqual(
    [
      ...brokenRules(sourceFiles, inCode, (file) => withoutComments(readProjectFile(file))),
      ...brokenRules(
        sourceFiles.filter((file) => file !== "e2e/repository.test.ts"),
        inComments,
      ),
    ],
    [],
  );
});

test("no file names a path of one machine or a package registry", () => {
  const found = brokenRules(textFiles, {
    "a path of one machine": /(?<![\w.@~)}-])\/(?:work|home|root|Users)\/\w/,
    "a folder outside the project": /\.\.\/shared\b/,
    "a package registry": /\bregistry\.(?:npmjs|yarnpkg)\b|\bnpm\.pkg\.github\b|artifactor[y]|verdacci[o]/,
  });
  assert.deepEqual(found, []);
  const resolved = /"resolved": "(?!apps\/|packages\/)/;
  assert.doesNotMatch(readProjectFile("package-lock.json"), resolved, "the lock file names no registry");
});

test("only the configuration of the build has a default export", () => {
  const found = brokenRules(
    sourceFiles.filter((file) => file !== "apps/web/vite.config.ts"),
    { "a default export": /^export default\b|^export \{[^}]*\bas default\b/m },
    (file) => withoutComments(readProjectFile(file)),
  );
  assert.deepEqual(found, []);
});

test("names of files and folders say what they contain", () => {
  const emptyNames = /^(?:utils?|helpers?|shared|misc|common|manager|lib)$/i;
  const found = projectFiles("**/*").filter((file) =>
    file.split("/").some((part) => emptyNames.test(part.split(".")[0] ?? "")),
  );
  assert.deepEqual(found, [], "a name that says nothing");
  const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/;
  const cased = sourceFiles.filter(
    (file) => !file.startsWith("apps/web/") && !kebab.test(path.basename(file)),
  );
  assert.deepEqual(cased, [], "names of files are in kebab-case");
});

test("docs/operations.md names exactly the settings that exist", () => {
  const settings = [...readProjectFile("apps/server/src/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
    ([, name]) => name ?? "",
  );
  assert.ok(
    settings.includes("DATABASE_URL") && settings.includes("MYLIANTIS_URL"),
    "the settings were not found",
  );
  const section = /^## Settings\n(?<text>[\s\S]*?)^## /m.exec(readProjectFile("docs/operations.md"));
  const rows = (section?.groups?.["text"] ?? "").split("\n").filter((line) => line.startsWith("|"));
  const named = rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  assert.deepEqual(new Set(named), new Set(settings));
});

test("the README names every script, and the documents name only scripts that exist", () => {
  const { scripts = {} } = readManifest("package.json");
  const called = (file: string) =>
    [...readProjectFile(file).matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].map(
      ([, run, known]) => run ?? known ?? "",
    );
  const inReadme = new Set(called("README.md"));
  assert.deepEqual(
    Object.keys(scripts).filter((name) => !inReadme.has(name)),
    [],
    "README.md leaves these out",
  );
  const unknown = projectFiles("*.md", "docs/**/*.md").flatMap((file) =>
    called(file)
      .filter((name) => !(name in scripts))
      .map((name) => `${file}: npm run ${name}`),
  );
  assert.deepEqual(unknown, []);
});

test("every link in the documents leads to a file", () => {
  const broken = projectFiles("*.md", "docs/**/*.md").flatMap((file) =>
    [...readProjectFile(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, link]) => path.posix.join(path.posix.dirname(file), link ?? ""))
      .filter((target) => projectFiles(target, `${target}/**`).length === 0)
      .map((target) => `${file} → ${target}`),
  );
  assert.deepEqual(broken, []);
});

test("every decision has a number, a date, a status, a context, a decision and consequences", () => {
  const decisions = projectFiles("docs/decisions/*.md");
  assert.ok(decisions.length > 0, "the decisions were not found");
  const numbers = decisions.map((file) => path.basename(file).slice(0, 4));
  assert.deepEqual(
    numbers,
    decisions.map((_, index) => String(index + 1).padStart(4, "0")),
    "numbered without gaps",
  );
  const parts = [
    /^# \d{4} — \S/m,
    /^Date: \d{4}-\d{2}-\d{2}$/m,
    /^Status: \S/m,
    /^## Context$/m,
    /^## Decision$/m,
    /^## Consequences$/m,
  ];
  const lacking = decisions.flatMap((file) =>
    parts.filter((part) => !part.test(readProjectFile(file))).map((part) => `${file} lacks ${part.source}`),
  );
  assert.deepEqual(lacking, []);
});

test("every package of the product is justified in a decision", () => {
  const decided = readProjectFile("docs/decisions/0002-dependencies.md");
  const manifests = ["package.json", ...projectFiles("apps/*/package.json", "packages/*/package.json")].map(
    readManifest,
  );
  const used = manifests.flatMap((manifest) =>
    Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
  );
  const undecided = [...new Set(used)]
    .filter((name) => !name.startsWith("@payflip/"))
    // A package with variants for several systems is named once, without the system.
    .map((name) => name.replace(/(?:linux|darwin)-(?:x64|arm64)$/, ""))
    .filter((name) => !decided.includes(`\`${name}`));
  assert.deepEqual(undecided, [], "state its purpose in docs/decisions/0002-dependencies.md");
  const ranges = manifests.flatMap((manifest) =>
    Object.entries({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.devDependencies,
    }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
  );
  assert.deepEqual(ranges, [], "versions are exact");
});

test("every SQL statement can run on a database that is sharded by customer", () => {
  const sources = projectFiles("apps/server/src/**/*.{ts,sql}");
  const statements = sources.flatMap((file) =>
    readStatements(file).map((statement) => ({ file, statement })),
  );
  assert.ok(
    statements.some(({ statement }) => /\bdo update\b/i.test(statement)),
    "the statements were not found",
  );
  const rules = {
    "the clock in DO UPDATE (it is an argument)":
      /\bdo update\b[\s\S]*\b(?:now\(\)|\w+_timestamp\(\)|current_(?:timestamp|date)\b)/i,
    "MERGE (insert … on conflict does it)": /\bmerge\s+into\b/i,
    "set_config (SET LOCAL reaches the shards)": /\bset_config\b/i,
  };
  const found = statements.flatMap(({ file, statement }) =>
    Object.entries(rules)
      .filter(([, rule]) => rule.test(statement))
      .map(([name]) => `${file}: ${name}`),
  );
  assert.deepEqual(found, []);
});

test("in the database every key has the customer, no function reads the clock, and no role of the product owns a table", async (t) => {
  const { owner } = await createTestDatabase(t);
  const platform =
    "('accounts','memberships','sessions','api_keys','enterprise_number_claims','sign_in_attempts','provider_pace')";
  const rows = async (query: string) =>
    (await owner.query<{ found: string }>(query)).rows.map(({ found }) => found);
  const customerTables = `c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' and c.relname not in ${platform}`;
  assert.deepEqual(
    await rows(`
      select c.relname as found from pg_class c where ${customerTables}
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and a.attnotnull)`),
    [],
    "a table of customer data without a customer",
  );
  assert.deepEqual(
    await rows(`
      select k.conname as found from pg_constraint k join pg_class c on c.oid = k.conrelid
      where ${customerTables} and k.contype = 'f'
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and a.attnum = any (k.conkey))`),
    [],
    "a foreign key that could lead to another customer's row",
  );
  assert.deepEqual(
    await rows(`
      select p.proname as found from pg_proc p where p.pronamespace = 'public'::regnamespace
        and p.prosrc ~* '\\m(now\\(\\)|\\w+_timestamp\\(\\)|current_timestamp|current_date)'`),
    [],
    "a function that reads the clock: instants are arguments",
  );
  assert.deepEqual(
    await rows(`
      select c.relname as found from pg_class c join pg_roles r on r.oid = c.relowner
      where c.relnamespace = 'public'::regnamespace and r.rolname like 'payflip%'`),
    [],
    "a table that a role of the product owns: row-level security would not apply to it",
  );
  assert.deepEqual(
    await rows(`
      select p.proname as found from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.pronamespace = 'public'::regnamespace and p.prosecdef
        and (r.rolname <> 'payflip_definer' or p.proconfig is null or has_function_privilege('public', p.oid, 'execute'))`),
    [],
    "a definer function of another owner, without a search path, or executable by public",
  );
});

test("every table of the database says what it holds", async (t) => {
  const { owner } = await createTestDatabase(t);
  const { rows } = await owner.query<{ table: string; comment: string | null }>(`
    select relname as "table", obj_description(oid, 'pg_class') as comment from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`);
  assert.ok(rows.length > 30, "the tables were not found");
  assert.deepEqual(
    rows.filter(({ comment }) => comment === null).map(({ table }) => table),
    [],
    "say it with `comment on table`, beside the table",
  );
});

test("the row types name the columns of their tables, and say which may be null", async (t) => {
  const { owner } = await createTestDatabase(t);
  const { rows } = await owner.query<{ table: string; columns: string[] }>(`
    select c.relname as "table", array_agg(a.attname || case when a.attnotnull then '' else '?' end order by a.attname) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname`);
  const columnsOf = new Map(rows.map(({ table, columns }) => [table, columns]));
  const schema = readProjectFile("apps/server/src/postgres/rows/schema.ts");
  const tables = [...schema.matchAll(/^ {2}(\w+): (\w+Row);/gm)];
  assert.ok(tables.length > 25, "the row types were not found");
  const source = projectFiles("apps/server/src/postgres/rows/*.ts").map(readProjectFile).join("\n");
  for (const [, table = "", row = ""] of tables)
    assert.deepEqual(fieldsOf(source, row), columnsOf.get(table)?.toSorted(), row);
});

test("no line of a SQL file is longer than 130 characters", () => {
  const files = projectFiles("**/*.sql");
  assert.ok(files.length > 10, "the SQL was not found");
  const long = files.flatMap((file) =>
    readProjectFile(file)
      .split("\n")
      .flatMap((line, index) => (line.length > 130 ? [`${file}:${index + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});

/** The fields of a row type, with `?` behind those that may be null. What is null within a JSON value does not count. */
function fieldsOf(source: string, row: string): string[] {
  const [, values = "", body = ""] =
    new RegExp(
      String.raw`^export interface ${row}(?: extends ColumnsOf<(\w+)>)? \{\n([\s\S]*?)^\}`,
      "m",
    ).exec(source) ?? [];
  const fields = [...body.matchAll(/^ {2}(\w+): (.*);$/gm)].map(([, field, type = ""]) => {
    const isNullable = /^NullableJson<|\| null>?$/.test(type);
    return `${field}${isNullable ? "?" : ""}`;
  });
  return [...fields, ...(syncedColumns[values] ?? [])].toSorted();
}

/** The columns that a row type has from the table of synchronised fields, which says what an employee may lack. */
const syncedColumns: Record<string, string[]> = {
  PersonValues: storedPersonFields.map(
    (field) => `${columnName(field)}${personFields[field].isRequired ? "" : "?"}`,
  ),
  ContractValues: contractFieldNames.map((field) => `${columnName(field)}?`),
};

/** A line `file: rule` for each rule that a file breaks. */
function brokenRules(
  files: string[],
  rules: Record<string, RegExp>,
  read: (file: string) => string = readProjectFile,
): string[] {
  return files.flatMap((file) => {
    const text = read(file);
    return Object.entries(rules).flatMap(([name, rule]) => (rule.test(text) ? [`${file}: ${name}`] : []));
  });
}

type Packages = Record<string, string>;

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Packages;
  optionalDependencies?: Packages;
  devDependencies?: Packages;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readProjectFile(file)) as Manifest;
}

/** The statements of an SQL file, or the template strings of a source with `?` for their values. */
function readStatements(file: string): string[] {
  const source = readProjectFile(file);
  if (file.endsWith(".sql")) return source.split(/;\s*\n/);
  const templates = withoutComments(source).match(/`(?:\\.|[^`\\])*`/g) ?? [];
  return templates.map((template) => template.replaceAll(/\$\{[^}]*\}/g, "?"));
}
