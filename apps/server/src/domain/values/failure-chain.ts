/** One error of a chain, without what it says. */
export interface Failure {
  name: string;
  code: string | null;
  /** Lines of the stack, innermost first. */
  frames: string[];
}

/**
 * An error and its causes in names, codes and places in the code. Messages and details stay out: those of a database may quote a
 * row, those of a mail server an address.
 */
export function failureChain(error: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let one = error; one instanceof Error && chain.length < chainMax; one = one.cause) {
    const frames = (one.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
    const code = "code" in one && typeof one.code === "string" ? one.code : null;
    chain.push({ name: one.name, code, frames: frames.slice(0, framesMax).map((line) => line.trim()) });
  }
  return chain;
}

const chainMax = 5;
const framesMax = 8;
