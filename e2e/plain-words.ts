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

/** What a TypeScript file says in words: the names that it declares, its comments and the titles of its tests. */
interface Wording {
  names: Word[];
  comments: Word[];
  titles: Word[];
}

interface Word {
  text: string;
  /** Offset in the source. */
  start: number;
}

const wordings = new Map<string, Wording>();

/** Parses each file once: several tests read the same ones. */
function wordingOf(file: string): Wording {
  const known = wordings.get(file);
  if (known !== undefined) return known;
  const { program, comments } = parseSync(file, readProjectFile(file));
  const wording: Wording = {
    names: [],
    comments: comments.map(({ value, start }) => ({ text: value, start: start + 2 })),
    titles: [],
  };
  walk({ ...program }, (node) => {
    wording.names.push(...declaredNames(node));
    const title = testTitle(node);
    if (title !== null) wording.titles.push(title);
  });
  wordings.set(file, wording);
  return wording;
}

/** The findings of a TypeScript file: its names, its comments and the titles of its tests. */
export function findingsOfSource(
  file: string,
  { allowsPrepositions }: { allowsPrepositions: boolean },
): Finding[] {
  const { names, comments, titles } = wordingOf(file);
  const banned = [
    ...names
      .filter(({ text }) => (prepositions.has(text) && !allowsPrepositions) || isBannedName(text))
      .map(({ text, start }) => ({ found: text, start, where: "name" as const })),
    ...comments.flatMap((word) => bannedIn(word, "comment")),
    ...titles.flatMap((word) => bannedIn(word, "test title")),
  ];
  if (banned.length === 0) return [];
  const lineOf = lineFinder(readProjectFile(file));
  return banned.map(({ found, start, where }) => ({ file, line: lineOf(start), found, where }));
}

function bannedIn<Where extends Finding["where"]>({ text, start }: Word, where: Where) {
  return bannedWords(text).map(({ found, offset }) => ({ found, start: start + offset, where }));
}

/** Every name that a TypeScript file declares. */
export function namesOfSource(file: string): string[] {
  return wordingOf(file).names.map(({ text }) => text);
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

/** The names that a node declares. A key of an object literal is no declaration: it follows the type that it fills. */
function declaredNames(node: Node): Word[] {
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

function bindings(node: unknown): Word[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "Identifier":
      return [{ text: String(node["name"]), start: node.start }];
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

function testTitle(node: Node): Word | null {
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
