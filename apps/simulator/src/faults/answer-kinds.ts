import { problem } from "../partner/answer.ts";
import { inventEnterpriseNumber } from "../generate/enterprise-number.ts";
import type { FaultKind } from "./fault-kind.ts";

/** Faults in the answers of the partner API about the call or the employer. */
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
    description: "403 although the consent is valid",
    apply: () => problem(403, "consent-revoked", "The employer has revoked the consent."),
  },
  {
    kind: "cursor-expired",
    reach: "workers",
    description: "410 although the cursor has not expired (pages after the first)",
    pages: "later",
    apply: () => problem(410, "cursor-expired", "Start again at page one."),
  },
  {
    kind: "wrong-content-type",
    reach: "api",
    description: "correct JSON with the content type text/plain",
    apply: (answer) => ({ ...answer, contentType: "text/plain" }),
  },
  {
    kind: "byte-order-mark",
    reach: "api",
    description: "correct JSON after a byte order mark",
    apply: (answer) => ({ ...answer, text: `\uFEFF${JSON.stringify(answer.body)}` }),
  },
  {
    kind: "bare-array",
    reach: "api",
    description: "status 200 with [] as the body",
    apply: (answer) => ({ ...answer, status: 200, body: [] }),
  },
  {
    kind: "wrong-employer-name",
    reach: "employer",
    description: "the employer's answer has another name",
    apply: (answer) => ({ ...answer, body: { ...Object(answer.body), name: "Another Employer NV" } }),
  },
  {
    kind: "wrong-employer-number",
    reach: "employer",
    description: "the employer's answer has another enterprise number",
    apply: (answer) => ({
      ...answer,
      body: { ...Object(answer.body), enterpriseNumber: inventEnterpriseNumber("another employer") },
    }),
  },
];
