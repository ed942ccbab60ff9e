import { LiantisFault } from "./faults.ts";

/** The provider's own field names, as far as we read them. Unknown extra fields and enumeration members are fine. */
export interface WireWorkerPage {
  items: unknown[];
  nextCursor: string | null;
  total: number;
  snapshotAt: string;
}

export interface WireEmployer {
  enterpriseNumber: string;
  name: string;
  consentStatus: string;
  consentId: string | null;
  grantedAt: string | null;
}

export type WireObject = Readonly<Record<string, unknown>>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws LiantisFault MALFORMED_ANSWER when the envelope is not what the contract says; items are judged one by one later. */
export function readWorkerPage(json: unknown, askedCursor: string | null): WireWorkerPage {
  const page = objectOrThrow(json, "worker page");
  const { items, nextCursor, total, snapshotAt } = { ...blankPage, ...page };
  if (!Array.isArray(items)) throw malformed("items of a worker page");
  if (nextCursor !== null && (typeof nextCursor !== "string" || !/^[^\0]{1,8000}$/s.test(nextCursor)))
    throw malformed("nextCursor");
  // A cursor that leads to itself would never end.
  if (nextCursor !== null && nextCursor === askedCursor) throw malformed("nextCursor");
  if (typeof total !== "number" || !Number.isInteger(total) || total < 0 || total > peopleMax)
    throw malformed("total");
  if (typeof snapshotAt !== "string" || Number.isNaN(Date.parse(snapshotAt))) throw malformed("snapshotAt");
  return { items, nextCursor, total, snapshotAt };
}

/** More than any employer has. The stored total of a listing is a 32-bit integer. */
const peopleMax = 2 ** 31 - 1;

/** @throws LiantisFault MALFORMED_ANSWER */
export function readEmployer(json: unknown): WireEmployer {
  const employer = objectOrThrow(json, "employer");
  const consent = objectOrThrow(employer["consent"], "consent of an employer");
  const { enterpriseNumber, name } = employer;
  const { status, consentId, grantedAt } = consent;
  if (typeof enterpriseNumber !== "string") throw malformed("enterpriseNumber");
  if (typeof name !== "string") throw malformed("name of an employer");
  if (typeof status !== "string") throw malformed("status of a consent");
  return {
    enterpriseNumber,
    name: name.trim().slice(0, 300),
    consentStatus: status,
    consentId: typeof consentId === "string" ? consentId : null,
    grantedAt: typeof grantedAt === "string" ? grantedAt : null,
  };
}

/** A wage code of the employer and the benefit it is for; texts by language, null where Liantis has none. */
export interface WageCode {
  code: string;
  benefit: string;
  description: { nl: string | null; fr: string | null; en: string | null };
}

/** @throws LiantisFault MALFORMED_ANSWER when there is no list, or an entry lacks its code or benefit. */
export function readWageCodes(json: unknown): WageCode[] {
  const { items } = objectOrThrow(json, "wage codes");
  if (!Array.isArray(items)) throw malformed("items of the wage codes");
  return items.map(readWageCode);
}

/** Names the part of an answer that breaks the contract, never its value. */
export function malformed(part: string): LiantisFault {
  return new LiantisFault("MALFORMED_ANSWER", `Liantis' answer breaks the contract: ${part}`);
}

const blankPage = { items: undefined, nextCursor: undefined, total: undefined, snapshotAt: undefined };

function readWageCode(entry: unknown): WageCode {
  const { code, benefit, description } = objectOrThrow(entry, "wage code");
  if (typeof code !== "string" || code.trim() === "" || code.length > 64)
    throw malformed("code of a wage code");
  if (typeof benefit !== "string" || benefit.length > 64) throw malformed("benefit of a wage code");
  const texts = isWireObject(description) ? description : {};
  const text = (language: string) => {
    const value = texts[language];
    return typeof value === "string" ? value.slice(0, 300) : null;
  };
  return { code: code.trim(), benefit, description: { nl: text("nl"), fr: text("fr"), en: text("en") } };
}

function objectOrThrow(value: unknown, part: string): WireObject {
  if (!isWireObject(value)) throw malformed(part);
  return value;
}
