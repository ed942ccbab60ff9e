import process from "node:process";
import { main, startFailure } from "../apps/server/src/main.ts";
import { buildWeb } from "./build-web.ts";
import { type Demo, loadDemo, prepareDemo } from "./demo.ts";

/**
 * `npm start`: runs the product. Without LIANTIS_* settings it also starts a simulated Liantis and creates a demo customer. With
 * any of them the product uses the Liantis that they name.
 */
async function start(): Promise<void> {
  buildWeb();
  const isDemo = !Object.keys(process.env).some((name) => name.startsWith("LIANTIS_"));
  const demo = isDemo ? await prepareDemo(process.env) : null;
  const env = { ...process.env, ...demo?.settings };
  let server: Awaited<ReturnType<typeof main>>;
  try {
    server = await main(env);
  } catch (error) {
    console.error(startFailure(error, env));
    process.exit(1);
  }
  console.log(`\n  The Liantis integration is ready on ${server.url ?? "(no web: ROLE=worker)"}`);
  if (server.databaseDirectory !== null) console.log(`  Its data is kept in ${server.databaseDirectory}`);
  if (demo !== null) showDemo(demo, await loadDemo(demo, env));
  console.log("\n  Ctrl-C stops all of it.\n");
}

function showDemo(demo: Demo, signIns: { who: string; email: string; password: string }[]): void {
  console.log(
    `\n  Simulated Liantis: ${demo.simulatorUrl}  (MyLiantis: ${demo.simulatorUrl}/my)\n\n  Demo sign-ins:`,
  );
  for (const { who, email, password } of signIns)
    console.log(`    ${who.padEnd(34)} ${email.padEnd(34)} ${password}`);
}

await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
