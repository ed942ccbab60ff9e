import { explanationCatalogue } from "../domain/catalogue/explanation-catalogue.ts";
import { holdCatalogue } from "../domain/catalogue/hold-catalogue.ts";
import { issueCatalogue } from "../domain/catalogue/issue-catalogue.ts";
import { mailCatalogue } from "../domain/catalogue/mail-catalogue.ts";
import type { ParamKinds } from "../domain/catalogue/param-kinds.ts";
import { problemCatalogue } from "../domain/catalogue/problem-catalogue.ts";
import { taskCatalogue } from "../domain/catalogue/task-catalogue.ts";
import type { MessageKey } from "./messages.ts";

/** Texts of no catalogue that name something. */
const ownParams: Partial<Record<MessageKey, ParamKinds>> = {
  "connect.title": { entityName: "text" },
  "connect.intro": { customerName: "text" },
  "connect.stranger": { customerName: "text" },
  "connect.done.CONSENT_FOR_OTHER_COMPANY.paragraph1": { enterpriseNumber: "text", grantedNumber: "text" },
  "connect.done.INTERNAL.paragraph3": { reference: "text" },
  "wage.derived": { hourly: "money", weeklyHours: "number", grossMonthly: "money" },
};

/** The parameters that a message may name: those that the catalogue declares for its code, and for its reason or hint. */
export function paramsOfMessage(key: MessageKey): ParamKinds {
  const [group = "", code = "", part = ""] = key.split(".");
  const entry = own(catalogues, group);
  return entry === undefined ? (ownParams[key] ?? {}) : entry(code, part);
}

const catalogues: Readonly<Record<string, (code: string, part: string) => ParamKinds>> = {
  issue: (code, part) => {
    const { params = {}, reasons = {} } = own(issueCatalogue, code) ?? {};
    return { ...params, ...own(reasons, part)?.params };
  },
  problem: (code, part) => {
    const { params = {}, hints = {} } = own(problemCatalogue, code) ?? {};
    return { ...params, ...own(hints, part) };
  },
  task: (kind) => own(taskCatalogue, kind)?.params ?? {},
  hold: (code) => own(holdCatalogue, code) ?? {},
  explanation: (key) => own(explanationCatalogue, key) ?? {},
  mail: (template) => own(mailCatalogue, template) ?? {},
};

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
