import { parseSync } from "oxc-parser";
import { readProjectFile } from "./source-tree.ts";

/** A place that breaks docs/style.md. */
export interface Finding {
  file: string;
  line: number;
  /** The word or name that is not used here. */
  found: string;
  where: "name" | "comment" | "test title" | "text";
}

/** Words that no sentence of ours has: docs/style.md says why, and what to write instead. */
const bannedInSentences: RegExp[] = [
  /\bwhoever\b/gi,
  /\b(?:some|no)body(?:'s)?\b/gi,
  /\bstand(?:s|ing)\b/gi,
  /\b(?:is|are|was|were|be|been) (?:told|said)\b/gi,
  /\b(?:goes|go|went|going) on\b/gi,
  /\bapart\b/gi,
  /\bodd\b/gi,
  /(?:^|[.!?:;] )Let (?!us know)/g,
  /\bput back\b/gi,
  /\breversals?\b/gi,
];

/** The same as parts of a name: `letAddressesGo`, `keptApart`, `isStanding`. */
const bannedInNames =
  /^(?:whoever|somebody|nobody|stands|standing|told|said|apart|odd|reversal|utils?|helpers?|misc)$/;
const prepositions = new Set(["of", "at", "to", "by", "from", "with", "in", "on", "as", "than"]);

/** The findings of a TypeScript file: its names, its comments and the titles of its tests. */
export function findingsOfSource(
  file: string,
  { allowsPrepositions }: { allowsPrepositions: boolean },
): Finding[] {
  const source = readProjectFile(file);
  const lineOf = lineFinder(source);
  const { program, comments } = parseSync(file, source);
  const findings: Finding[] = comments.flatMap(({ value, start }) =>
    bannedWords(value).map(({ found, offset }) => ({
      file,
      line: lineOf(start + 2 + offset),
      found,
      where: "comment" as const,
    })),
  );
  if (!isNode(program)) return findings;
  walk(program, (node) => {
    for (const { name, start } of declaredNames(node)) {
      const isPreposition = prepositions.has(name) && !allowsPrepositions;
      if (isPreposition || isBannedName(name))
        findings.push({ file, line: lineOf(start), found: name, where: "name" });
    }
    const title = testTitle(node);
    if (title !== null)
      for (const { found } of bannedWords(title.text))
        findings.push({ file, line: lineOf(title.start), found, where: "test title" });
  });
  return findings;
}

/** Every name that a TypeScript file declares. */
export function namesOfSource(file: string): string[] {
  const names: string[] = [];
  walk({ ...parseSync(file, readProjectFile(file)).program }, (node) => {
    for (const { name } of declaredNames(node)) names.push(name);
  });
  return names;
}

/** The findings of a text: a document without its code, or a file of messages. */
export function findingsOfText(file: string, text: string): Finding[] {
  const lineOf = lineFinder(text);
  return bannedWords(text).map(({ found, offset }) => ({ file, line: lineOf(offset), found, where: "text" }));
}

function bannedWords(text: string): { found: string; offset: number }[] {
  return bannedInSentences.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ found: match[0].trim(), offset: match.index })),
  );
}

function isBannedName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .map((word) => word.toLowerCase());
  return words.some((word) => bannedInNames.test(word)) || (words[0] === "let" && words.length > 1);
}

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    const children: unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) walk(child, visit);
  }
}

interface Name {
  name: string;
  start: number;
}

/** The names that a node declares. A key of an object literal is no declaration: it follows the type that it fills. */
function declaredNames(node: Node): Name[] {
  switch (node.type) {
    case "VariableDeclarator":
      return bindings(node["id"]);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return [...bindings(node["id"]), ...nodes(node["params"]).flatMap(bindings)];
    case "CatchClause":
      return bindings(node["param"]);
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return bindings(node["id"]);
    case "TSFunctionType":
    case "TSMethodSignature":
      return [
        ...(node.type === "TSMethodSignature" ? bindings(node["key"]) : []),
        ...nodes(node["params"]).flatMap(bindings),
      ];
    case "TSPropertySignature":
    case "PropertyDefinition":
    case "MethodDefinition":
      return bindings(node["key"]);
    default:
      return [];
  }
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function bindings(node: unknown): Name[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "Identifier":
      return [{ name: String(node["name"]), start: node.start }];
    case "ObjectPattern":
      return nodes(node["properties"]).flatMap((property) =>
        bindings(property.type === "RestElement" ? property["argument"] : property["value"]),
      );
    case "ArrayPattern":
      return nodes(node["elements"]).flatMap(bindings);
    case "AssignmentPattern":
      return bindings(node["left"]);
    case "RestElement":
      return bindings(node["argument"]);
    case "TSParameterProperty":
      return bindings(node["parameter"]);
    default:
      return [];
  }
}

function testTitle(node: Node): { text: string; start: number } | null {
  if (node.type !== "CallExpression" || !isNode(node["callee"])) return null;
  const callee = node["callee"];
  const name = callee.type === "MemberExpression" && isNode(callee["property"]) ? callee["property"] : callee;
  if (name.type !== "Identifier" || !["test", "it", "describe"].includes(String(name["name"]))) return null;
  const [title] = nodes(node["arguments"]);
  if (title?.type === "Literal") return { text: String(title["value"]), start: title.start };
  if (title?.type !== "TemplateLiteral") return null;
  const text = nodes(title["quasis"]).map((part) => (part["value"] as { raw: string }).raw);
  return { text: text.join("…"), start: title.start };
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [...source.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => starts.filter((start) => start < offset).length + 1;
}
