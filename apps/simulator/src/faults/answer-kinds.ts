import { problem } from "../partner/answer.ts";
import { inventEnterpriseNumber } from "../generate/enterprise-number.ts";
import type { FaultKind } from "./fault-kind.ts";

/** Faults of what the partner API says about the call or the employer. */
export const answerFaults: readonly FaultKind[] = [
  {
    kind: "invalid-token",
    reach: "api",
    description: "401 although the token is valid",
    apply: () => problem(401, "invalid-token", "The token is not known or has expired."),
  },
  {
    kind: "consent-revoked",
    reach: "workers",
    description: "403 although the consent stands",
    apply: () => problem(403, "consent-revoked", "The employer has revoked the consent."),
  },
  {
    kind: "cursor-expired",
    reach: "workers",
    description: "410 although the cursor is young (pages after the first)",
    pages: "later",
    apply: () => problem(410, "cursor-expired", "Start again at page one."),
  },
  {
    kind: "wrong-content-type",
    reach: "api",
    description: "right JSON announced as text/plain",
    apply: (answer) => ({ ...answer, contentType: "text/plain" }),
  },
  {
    kind: "byte-order-mark",
    reach: "api",
    description: "right JSON behind a byte order mark",
    apply: (answer) => ({ ...answer, text: `\uFEFF${JSON.stringify(answer.body)}` }),
  },
  {
    kind: "bare-array",
    reach: "api",
    description: "[] with status 200",
    apply: (answer) => ({ ...answer, status: 200, body: [] }),
  },
  {
    kind: "wrong-employer-name",
    reach: "employer",
    description: "the look-up names another employer",
    apply: (answer) => ({ ...answer, body: { ...Object(answer.body), name: "Another Employer NV" } }),
  },
  {
    kind: "wrong-employer-number",
    reach: "employer",
    description: "the look-up answers for another enterprise number",
    apply: (answer) => ({
      ...answer,
      body: { ...Object(answer.body), enterpriseNumber: inventEnterpriseNumber("another employer") },
    }),
  },
];
