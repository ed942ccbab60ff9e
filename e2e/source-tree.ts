import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

const notOurs = ["node_modules", "var", "dist", ".git"];

/** Files of the checkout by glob, as paths from its root with `/`; nothing installed, built or written at run time. */
export function projectFiles(...globs: string[]): string[] {
  const found = globSync(globs, { cwd: root, exclude: (name) => notOurs.includes(path.basename(name)) });
  return [...new Set(found.map((file) => file.replaceAll(path.sep, "/")))].toSorted();
}

export function readProjectFile(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** The source without its comments. Strings stay, so that an address in one is not taken for a comment. */
export function withoutComments(source: string): string {
  return source.replaceAll(stringsAndComments, (match) => (/^\/[/*]/.test(match) ? " " : match));
}

const stringsAndComments =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![\\/])\/\/[^\n]*/g;

/** What a source file imports, for its types or its values: a file of the checkout, or a package. */
export interface Import {
  file: string;
  /** As it is written. */
  specifier: string;
  /** Path from the root, or null for a package. */
  target: string | null;
  /** Only types cross: nothing of it is there when the program runs. */
  typeOnly: boolean;
}

const importForms = [
  /^(?:import|export)\s+(?<typeOnly>type\s+)?[\w$*\s{},]*?\s*from\s*["'](?<specifier>[^"']+)["']/gm,
  /^import\s+["'](?<specifier>[^"']+)["']/gm,
  /\bimport\(\s*["'](?<specifier>[^"']+)["']/g,
];

/** Every import of a file: static, of side effects, re-exported and dynamic. */
export function importsOf(file: string): Import[] {
  const source = withoutComments(readProjectFile(file));
  return importForms.flatMap((form) =>
    [...source.matchAll(form)].map(({ groups = {} }) => {
      const specifier = groups["specifier"] ?? "";
      const typeOnly = groups["typeOnly"] !== undefined;
      return { file, specifier, target: targetOf(file, specifier), typeOnly };
    }),
  );
}

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  const [, rest] = /^@payflip\/contract\/(.+)$/.exec(specifier) ?? [];
  return rest === undefined ? null : `packages/contract/src/${rest}`;
}

export function isProjectFile(file: string): boolean {
  return existsSync(path.join(root, file));
}

/** The name a package is installed by: `zod/mini` is `zod`, `@fastify/cookie` is itself. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
