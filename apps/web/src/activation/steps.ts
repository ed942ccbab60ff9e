import type { Connection } from "@payflip/contract/connection.ts";

export const steps = ["company", "consent", "employees", "sync"] as const;
export type Step = (typeof steps)[number];

/** What the wizard shows. The state of the connection decides; the address can only look ahead. */
export type View =
  | { kind: "unavailable" }
  | { kind: "company" }
  | { kind: "consent" }
  | { kind: "waiting" }
  | { kind: "mode" }
  | { kind: "picker" }
  | { kind: "review" }
  | { kind: "sync" };

/**
 * A reload, Back, or another admin sees the step of the connection: `ahead` counts only where the server keeps no state
 * (before the consent, and between the choice of a method and its confirmation).
 */
export function viewOf(state: Connection["state"], ahead: string | undefined): View {
  switch (state) {
    case "unavailable":
      return { kind: "unavailable" };
    case "available":
    case "paused":
    case "disabled":
      return { kind: ahead === "consent" ? "consent" : "company" };
    case "consent_requested":
      return { kind: ahead === "consent" ? "consent" : "waiting" };
    case "choosing":
      return { kind: ahead === "review" || ahead === "picker" ? ahead : "mode" };
    case "active":
      return { kind: "sync" };
  }
}

export function stepOf(view: View): Step {
  switch (view.kind) {
    case "unavailable":
    case "company":
      return "company";
    case "consent":
    case "waiting":
      return "consent";
    case "mode":
    case "picker":
    case "review":
      return "employees";
    case "sync":
      return "sync";
  }
}
