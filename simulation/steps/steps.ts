import type { Chance } from "../model/chance.ts";
import type { FaultKind } from "../model/faults.ts";

/** The kinds of steps. Each step has a random source of its own, so that it does the same whatever came before it. */
export const stepKinds = [
  // Runs.
  "sync",
  "sync_twice",
  "sync_with_fault",
  "sync_killed",
  "sync_overtaken",
  "sync_interrupted",
  "sync_while_source_moves",
  "sync_with_nameless",
  "sync_with_unreadable",
  // Time.
  "night",
  "hours_pass",
  "queue_lost",
  // At Liantis.
  "hire",
  "leave",
  "return",
  "rehire",
  "move_to_other_entity",
  "change_name",
  "change_email",
  "swap_emails",
  "share_email",
  "take_free_email",
  "change_number",
  "share_number",
  "change_language",
  "raise_wage",
  "jump_wage",
  "change_wage_of_past",
  "change_hours",
  "flip_wage_type",
  "split_contract",
  "end_contract",
  "reopen_contract",
  "blank_end",
  "plan_contract",
  "delete_contract",
  "second_contract",
  "break_field",
  "mend_person",
  "many_leave",
  "others_are_listed",
  "revoke_consent",
  "grant_consent",
  // People at the customer.
  "decide_hold",
  "accept_issue",
  "edit_language",
  "edit_by_hand",
  "add_by_hand",
  "invite",
  "deactivate",
  "disable",
  "enable",
  "choose",
  "change_mode",
  "preview_and_confirm",
  "check_person",
  "undo_at_once",
  "undo_earlier",
  "unlink",
  "link",
  "decide_case",
  "complete_task",
  "change_number_of_company",
  "correct_number_of_company",
] as const;
export type StepKind = (typeof stepKinds)[number];

export interface Step {
  kind: StepKind;
  /** The seed of the step's own random source. */
  seed: number;
}

/** The steps of a seed: runs, and between them the kinds of steps of its swarm. */
export function drawSteps(chance: Chance, swarm: Swarm): Step[] {
  const length = 6 + chance.below(12);
  const runs = stepKinds.filter((kind) => kind.startsWith("sync") && !/_with_/.test(kind));
  return Array.from({ length }, (): Step[] => {
    const which = chance.fraction();
    const story = stories.find(({ below }) => which < below);
    if (story !== undefined) return atOneEntity(chance.seed(), story.kinds);
    const withFault: StepKind[] = swarm.faults.length === 0 ? [] : ["sync_with_fault", "sync_with_fault"];
    const kind = chance.happens(0.4)
      ? chance.pick<StepKind>([...runs, "sync", "sync", ...withFault])
      : chance.pick(swarm.steps);
    return [{ kind, seed: chance.seed() }];
  }).flat();
}

interface Story {
  /** Drawn by a fraction below this and not below the limit of the story before. */
  below: number;
  kinds: (seed: number) => StepKind[];
}

/** Steps that have an effect only in this order. */
const stories: readonly Story[] = [
  // A person is absent in one run and listed in the next, which can or cannot read every record.
  {
    below: 0.05,
    kinds: (seed) => ["leave", "sync", "return", seed % 2 === 0 ? "sync" : "sync_with_nameless"],
  },
  // A wage jumps, an admin answers, and the same wage comes again.
  { below: 0.09, kinds: () => ["sync", "jump_wage", "sync", "decide_hold", "sync"] },
  // A linked person is listed in a form that cannot be read.
  { below: 0.12, kinds: () => ["sync", "sync_with_unreadable"] },
  // The listing of a synchronised employer holds unknown people only.
  { below: 0.15, kinds: () => ["sync", "others_are_listed", "sync"] },
  // A queued run waits while the connection is switched off and on again.
  { below: 0.17, kinds: () => ["sync", "queue_lost", "disable", "enable", "sync"] },
  // A person gets a new address at Liantis, and an employee who may have the same one is added by hand.
  { below: 0.2, kinds: () => ["sync", "change_email", "add_by_hand", "sync"] },
];

/** Each step draws its entity first: steps of the same seed draw the same entity. */
function atOneEntity(seed: number, kinds: Story["kinds"]): Step[] {
  return kinds(seed).map((kind) => ({ kind, seed }));
}

/** The steps and faults that a seed uses: few at once, so that they do not hide each other. */
export interface Swarm {
  faults: FaultKind[];
  steps: StepKind[];
}
