import { readSettings } from "./settings.ts";
import { startSimulator, type Simulator } from "./simulator.ts";

try {
  const settings = readSettings(process.env);
  const simulator = await startSimulator(settings);
  closeOnExit(simulator);
  console.log(`The simulated Liantis is ready at ${simulator.url} (MyLiantis: ${simulator.myUrl})`);
  process.send?.({ kind: "ready", url: simulator.url });
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

/** Closes the simulator on a signal, and when the process that forked this one has ended. */
function closeOnExit(simulator: Simulator): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void simulator.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE") {
    return `Port ${process.env["SIM_PORT"] ?? "4010"} is taken: stop the program that uses it, or set SIM_PORT to another port.`;
  }
  return error.message;
}
