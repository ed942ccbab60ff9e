import process from "node:process";
import { runProgram } from "./cli/program.ts";

/** The command line: `npm run cli -- COMMAND`. */
const code = await runProgram(process.argv.slice(2), process.env, {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
process.exit(code);
