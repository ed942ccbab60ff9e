import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

const excludedFolders = ["node_modules", "var", "dist", ".git"];

/** Files of the checkout that match a glob, as paths from its root with `/`; installed and generated files are left out. */
export function projectFiles(...globs: string[]): string[] {
  const found = globSync(globs, {
    cwd: root,
    exclude: (name) => excludedFolders.includes(path.basename(name)),
  });
  return [...new Set(found.map((file) => file.replaceAll(path.sep, "/")))].toSorted();
}

export function readProjectFile(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** The source without its comments. Strings are recognised, so that `//` in an address is not taken for a comment. */
export function withoutComments(source: string): string {
  return source.replaceAll(stringsAndComments, (match) =>
    /^\/[/*]/.test(match) ? match.replaceAll(/[^\n]/g, " ") : match,
  );
}

const stringsAndComments =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![\\/])\/\/[^\n]*/g;

/** An import of a source file: of another file of the checkout or of a package. */
export interface Import {
  file: string;
  /** As written in the source. */
  specifier: string;
  /** The path from the root; null for a package. */
  target: string | null;
  /** True if only types are imported, so that nothing is imported at run time. */
  typeOnly: boolean;
}

const importForms = [
  /^(?:import|export)\s+(?<typeOnly>type\s+)?[\w$*\s{},]*?\s*from\s*["'](?<specifier>[^"']+)["']/gm,
  /^import\s+["'](?<specifier>[^"']+)["']/gm,
  /\bimport\(\s*["'](?<specifier>[^"']+)["']/g,
];

/** All imports of a file: static, for side effects, re-exported and dynamic. */
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

/** The name of the installed package: `zod` for `zod/mini`, `@fastify/cookie` for itself. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
