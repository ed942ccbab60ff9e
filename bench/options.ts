import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Numbers of workers; each size is measured separately. */
  sizes: number[];
  rounds: number;
  json: boolean;
}

/** @throws Error with a sentence for the screen */
export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      n: { type: "string", default: "1000,10000" },
      rounds: { type: "string", default: "3" },
      json: { type: "boolean", default: false },
    },
  });
  return {
    sizes: values.n.split(",").map((text) => wholeNumber("--n", text.trim(), 100)),
    rounds: wholeNumber("--rounds", values.rounds, 1),
    json: values.json,
  };
}

function wholeNumber(option: string, text: string, min: number): number {
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isSafeInteger(value) || value < min)
    throw new Error(`${option} takes whole numbers from ${min} up, not "${text}".`);
  return value;
}
