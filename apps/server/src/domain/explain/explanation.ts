import type { ExplanationKey, ExplanationParams } from "../catalogue/explanation-catalogue.ts";
import type { PersonHoldKind } from "../guards/hold-types.ts";

/** What is stored about the synchronisation of a person. Dates are calendar dates in Europe/Brussels. */
export interface ExplanationFacts {
  /** `none`: not connected yet, or not available. */
  connection: "none" | "active" | "paused" | "disabled";
  mode: "full" | "selective" | null;
  choice: "selected" | "excluded" | "waiting" | "released" | null;
  link: {
    workerId: string;
    linkedOn: string;
    /** How the link was made; null where that is no longer known. */
    linkedBy: "email" | "by_hand" | "created" | null;
    absentSince: string | null;
  } | null;
  /** Why a person is not linked: an admin unlinked them, or an e-mail match waits for an admin. */
  unlinked: "unlinked_pair" | "doubted" | null;
  /** The last run that read the person and was applied. */
  lookedOn: string | null;
  /** A later run that did not succeed. */
  troubleOn: string | null;
  /** Fields that the last applied run changed. */
  changes: number;
  /** What is on hold now. */
  held: readonly PersonHoldKind[];
  /** What an admin rejected and Liantis still sends. */
  rejected: readonly PersonHoldKind[];
  /** Open issues about the person. */
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
  /** The sentence that matters most now. */
  summary: { key: ExplanationKey; params: Record<string, string> };
  steps: ExplainedStep[];
}

/** What the last runs did with a person, in the order in which a run works, and what comes next. */
export function explainPerson(facts: ExplanationFacts): Explained {
  const steps = [
    explainFetch(facts),
    explainScope(facts),
    explainLink(facts),
    explainWrites(facts),
    explainHold(facts),
    { step: "next" as const, ...nextStep(facts) },
  ];
  return { summary: summarise(facts, steps), steps };
}

type StepResult = Omit<ExplainedStep, "step">;

/** A sentence that names something needs its values; one that names nothing takes none. */
function stepResult<Key extends ExplanationKey>(
  result: ExplainedStep["result"],
  key: Key,
  ...[params]: [keyof ExplanationParams<Key>] extends [never] ? [] : [params: ExplanationParams<Key>]
): StepResult {
  return { result, key, params: params ?? {} };
}

function explainFetch(facts: ExplanationFacts): ExplainedStep {
  return { step: "fetched", ...fetchResult(facts) };
}

function fetchResult({ connection, link, lookedOn, troubleOn }: ExplanationFacts): StepResult {
  if (connection === "none") return stepResult("not_applicable", "fetched_not_connected");
  if (link === null) return stepResult("not_applicable", "fetched_not_linked");
  if (link.absentSince !== null) return stepResult("no", "fetched_absent", { date: link.absentSince });
  if (lookedOn === null) return stepResult("no", "fetched_never", { date: link.linkedOn });
  return troubleOn === null
    ? stepResult("yes", "fetched_yes", { date: lookedOn })
    : stepResult("partly", "fetched_trouble", { date: lookedOn, troubleDate: troubleOn });
}

function explainScope(facts: ExplanationFacts): ExplainedStep {
  return { step: "in_scope", ...scopeResult(facts) };
}

function scopeResult({ connection, mode, choice, link }: ExplanationFacts): StepResult {
  if (connection === "none") return stepResult("not_applicable", "scope_none");
  if (connection === "disabled") return stepResult("no", "scope_disabled");
  if (connection === "paused") return stepResult("no", "scope_paused");
  if (mode !== "selective") return stepResult("yes", "scope_full");
  if (link === null) return stepResult("not_applicable", "scope_unlinked");
  if (choice === "selected") return stepResult("yes", "scope_selected");
  return stepResult("no", `scope_${choice ?? "waiting"}`);
}

function explainLink({ link, unlinked }: ExplanationFacts): ExplainedStep {
  if (link === null) return { step: "matched", ...stepResult("no", `matched_${unlinked ?? "no"}`) };
  const { linkedBy, linkedOn: date, workerId } = link;
  return { step: "matched", ...stepResult("yes", `matched_${linkedBy ?? "unknown"}`, { date, workerId }) };
}

function explainWrites({ link, lookedOn, changes }: ExplanationFacts): ExplainedStep {
  if (link === null || lookedOn === null)
    return { step: "written", ...stepResult("not_applicable", "written_none_yet") };
  const result =
    changes === 0
      ? stepResult("no", "written_no")
      : stepResult("yes", "written_yes", { date: lookedOn, count: String(changes) });
  return { step: "written", ...result };
}

function explainHold({ held: kinds, rejected, issues, link }: ExplanationFacts): ExplainedStep {
  const step = "held";
  if (kinds.includes("reverted")) return { step, ...stepResult("yes", "held_reverted") };
  if (kinds.includes("identity_swap")) return { step, ...stepResult("yes", "held_identity") };
  if (rejected.includes("identity_swap")) return { step, ...stepResult("yes", "held_identity_rejected") };
  if (kinds.includes("wage")) return { step, ...stepResult("partly", "held_wage") };
  if (rejected.includes("wage")) return { step, ...stepResult("partly", "held_wage_rejected") };
  if (issues > 0) return { step, ...stepResult("no", "held_issues", { count: String(issues) }) };
  return { step, ...stepResult(link === null ? "not_applicable" : "no", "held_no") };
}

function nextStep(facts: ExplanationFacts): StepResult {
  const { connection, mode, link, unlinked, held: kinds, issues, choice } = facts;
  const date = { date: facts.nextRunOn ?? "" };
  if (connection === "none") return stepResult("not_applicable", "next_connect");
  if (connection === "disabled") return stepResult("no", "next_enable");
  if (connection === "paused") return stepResult("no", "next_reconnect");
  if (link === null)
    return unlinked === "unlinked_pair"
      ? stepResult("no", "next_unlinked_pair")
      : stepResult("yes", "next_link", date);
  if (mode === "selective" && choice !== "selected") return stepResult("no", "next_choose");
  if (kinds.length > 0) return stepResult("yes", "next_decide", date);
  if (link.absentSince !== null) return stepResult("yes", "next_leaver", date);
  if (facts.rejected.length > 0) return stepResult("yes", "next_rejected", date);
  return issues > 0 ? stepResult("yes", "next_issues", date) : stepResult("yes", "next_run", date);
}

/** The first step that keeps the person from being synchronised; else whether there are open issues. */
function summarise(facts: ExplanationFacts, steps: readonly ExplainedStep[]): Explained["summary"] {
  const { connection, link, held: kinds, issues, lookedOn } = facts;
  const sentenceOf = (step: ExplainedStep["step"]) => {
    const { key, params } = steps.find((one) => one.step === step) ?? nextStep(facts);
    return { key, params };
  };
  if (connection === "none") return sentenceOf("fetched");
  if (connection !== "active") return sentenceOf("in_scope");
  if (link === null) return sentenceOf("matched");
  if (scopeResult(facts).result === "no") return sentenceOf("in_scope");
  if (kinds.length > 0) return sentenceOf("held");
  if (link.absentSince !== null || lookedOn === null) return sentenceOf("fetched");
  if (facts.rejected.length > 0) return sentenceOf("held");
  return issues > 0
    ? { key: "summary_issues", params: { count: String(issues) } }
    : { key: "summary_in_order", params: {} };
}
