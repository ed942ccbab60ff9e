import { peopleBugs } from "./people.ts";
import type { PlantedBug } from "./planted-bug.ts";
import { planningBugs } from "./planning.ts";
import { runBugs } from "./runs.ts";
import { wageBugs } from "./wages.ts";

/** A law must notice each of them within a few seeds. */
export const plantedBugs: readonly PlantedBug[] = [...wageBugs, ...planningBugs, ...peopleBugs, ...runBugs];
