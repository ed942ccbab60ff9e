import type { ExplanationKey, ExplanationParams } from "../catalogue/explanation-catalogue.ts";
import type { PersonHoldKind } from "../guards/hold-types.ts";

/** What is stored of how somebody stands with Liantis. Dates are calendar dates in Europe/Brussels. */
export interface ExplanationFacts {
  /** `none`: not connected yet, or not available. */
  connection: "none" | "active" | "paused" | "disabled";
  mode: "full" | "selective" | null;
  choice: "selected" | "excluded" | "waiting" | "released" | null;
  link: {
    workerId: string;
    linkedOn: string;
    /** How they came together; null where nothing says it any more. */
    by: "email" | "by_hand" | "created" | null;
    absentSince: string | null;
  } | null;
  /** Of somebody who is not linked: an admin took them apart, or an e-mail match waits for one. */
  unlinked: "apart" | "doubted" | null;
  /** The last run that looked at them and was applied. */
  lookedOn: string | null;
  /** A later run that came to nothing. */
  troubleOn: string | null;
  /** Fields that the last look changed. */
  changes: number;
  /** What is kept back of them now. */
  held: readonly PersonHoldKind[];
  /** What an admin rejected and Liantis still sends. */
  rejected: readonly PersonHoldKind[];
  /** Open issues about them. */
  issues: number;
  nextRunOn: string | null;
}

export interface ExplainedStep {
  step: "fetched" | "in_scope" | "matched" | "written" | "held" | "next";
  result: "yes" | "no" | "partly" | "not_applicable";
  key: ExplanationKey;
  params: Record<string, string>;
}

export interface Explained {
  /** Everything that matters now, as one of the sentences. */
  summary: { key: ExplanationKey; params: Record<string, string> };
  steps: ExplainedStep[];
}

/** What the last runs did with a person, in the order in which a run works, and what comes next. */
export function explainPerson(facts: ExplanationFacts): Explained {
  const steps = [
    fetched(facts),
    inScope(facts),
    matched(facts),
    written(facts),
    held(facts),
    { step: "next" as const, ...next(facts) },
  ];
  return { summary: summaryOf(facts, steps), steps };
}

type Said = Omit<ExplainedStep, "step">;

/** A sentence that names something needs its values; one that names nothing takes none. */
function say<Key extends ExplanationKey>(
  result: ExplainedStep["result"],
  key: Key,
  ...[params]: [keyof ExplanationParams<Key>] extends [never] ? [] : [params: ExplanationParams<Key>]
): Said {
  return { result, key, params: params ?? {} };
}

function fetched(facts: ExplanationFacts): ExplainedStep {
  return { step: "fetched", ...fetchedSaid(facts) };
}

function fetchedSaid({ connection, link, lookedOn, troubleOn }: ExplanationFacts): Said {
  if (connection === "none") return say("not_applicable", "fetched_not_connected");
  if (link === null) return say("not_applicable", "fetched_not_linked");
  if (link.absentSince !== null) return say("no", "fetched_absent", { date: link.absentSince });
  if (lookedOn === null) return say("no", "fetched_never", { date: link.linkedOn });
  return troubleOn === null
    ? say("yes", "fetched_yes", { date: lookedOn })
    : say("partly", "fetched_trouble", { date: lookedOn, troubleDate: troubleOn });
}

function inScope(facts: ExplanationFacts): ExplainedStep {
  return { step: "in_scope", ...scopeSaid(facts) };
}

function scopeSaid({ connection, mode, choice, link }: ExplanationFacts): Said {
  if (connection === "none") return say("not_applicable", "scope_none");
  if (connection === "disabled") return say("no", "scope_disabled");
  if (connection === "paused") return say("no", "scope_paused");
  if (mode !== "selective") return say("yes", "scope_full");
  if (link === null) return say("not_applicable", "scope_unlinked");
  if (choice === "selected") return say("yes", "scope_selected");
  return say("no", `scope_${choice ?? "waiting"}`);
}

function matched({ link, unlinked }: ExplanationFacts): ExplainedStep {
  if (link === null) return { step: "matched", ...say("no", `matched_${unlinked ?? "no"}`) };
  const { by, linkedOn: date, workerId } = link;
  return { step: "matched", ...say("yes", `matched_${by ?? "unknown"}`, { date, workerId }) };
}

function written({ link, lookedOn, changes }: ExplanationFacts): ExplainedStep {
  if (link === null || lookedOn === null)
    return { step: "written", ...say("not_applicable", "written_none_yet") };
  const said =
    changes === 0
      ? say("no", "written_no")
      : say("yes", "written_yes", { date: lookedOn, count: String(changes) });
  return { step: "written", ...said };
}

function held({ held: kinds, rejected, issues, link }: ExplanationFacts): ExplainedStep {
  const step = "held";
  if (kinds.includes("reverted")) return { step, ...say("yes", "held_reverted") };
  if (kinds.includes("identity_swap")) return { step, ...say("yes", "held_identity") };
  if (rejected.includes("identity_swap")) return { step, ...say("yes", "held_identity_rejected") };
  if (kinds.includes("wage")) return { step, ...say("partly", "held_wage") };
  if (rejected.includes("wage")) return { step, ...say("partly", "held_wage_rejected") };
  if (issues > 0) return { step, ...say("no", "held_issues", { count: String(issues) }) };
  return { step, ...say(link === null ? "not_applicable" : "no", "held_no") };
}

function next(facts: ExplanationFacts): Said {
  const { connection, mode, link, unlinked, held: kinds, issues, choice } = facts;
  const date = { date: facts.nextRunOn ?? "" };
  if (connection === "none") return say("not_applicable", "next_connect");
  if (connection === "disabled") return say("no", "next_enable");
  if (connection === "paused") return say("no", "next_reconnect");
  if (link === null) return unlinked === "apart" ? say("no", "next_apart") : say("yes", "next_link", date);
  if (mode === "selective" && choice !== "selected") return say("no", "next_choose");
  if (kinds.length > 0) return say("yes", "next_decide", date);
  if (link.absentSince !== null) return say("yes", "next_leaver", date);
  if (facts.rejected.length > 0) return say("yes", "next_rejected", date);
  return issues > 0 ? say("yes", "next_issues", date) : say("yes", "next_run", date);
}

/** The first thing that stands in the way; in order, or in order but for issues, where nothing does. */
function summaryOf(facts: ExplanationFacts, steps: readonly ExplainedStep[]): Explained["summary"] {
  const { connection, link, held: kinds, issues, lookedOn } = facts;
  const of = (step: ExplainedStep["step"]) => {
    const { key, params } = steps.find((one) => one.step === step) ?? next(facts);
    return { key, params };
  };
  if (connection === "none") return of("fetched");
  if (connection !== "active") return of("in_scope");
  if (link === null) return of("matched");
  if (scopeSaid(facts).result === "no") return of("in_scope");
  if (kinds.length > 0) return of("held");
  if (link.absentSince !== null || lookedOn === null) return of("fetched");
  if (facts.rejected.length > 0) return of("held");
  return issues > 0
    ? { key: "summary_issues", params: { count: String(issues) } }
    : { key: "summary_in_order", params: {} };
}
