import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Ten minutes of simulated time, as in the contract. */
const CURSOR_LIFE_MS = 600_000;

const cursorSchema = z.object({
  employer: z.string(),
  after: z.string(),
  page: z.number().int(),
  served: z.number().int(),
  total: z.number().int(),
  snapshotAt: z.string(),
  issuedAtMs: z.number(),
  /** Set by a fault: the listing ends after this many people. */
  stopAfter: z.number().int().optional(),
});

/** A position in a listing. Callers of the partner API see only its signed text. */
export type Cursor = z.infer<typeof cursorSchema>;

export interface CursorCodec {
  write(cursor: Cursor): string;
  /** Null if the text was not written by this codec or has expired. */
  read(text: string, employer: string, nowMs: number): Cursor | null;
}

export function createCursorCodec(secret: string): CursorCodec {
  const sign = (payload: string) =>
    createHmac("sha256", secret).update(payload).digest("base64url").slice(0, 22);
  return {
    write: (cursor) => {
      const payload = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      return `${payload}.${sign(payload)}`;
    },
    read: (text, employer, nowMs) => {
      const [payload = "", signature = ""] = text.split(".", 2);
      const given = Buffer.from(signature);
      const wanted = Buffer.from(sign(payload));
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const cursor = cursorSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
      return cursor.employer === employer && nowMs - cursor.issuedAtMs < CURSOR_LIFE_MS ? cursor : null;
    },
  };
}
