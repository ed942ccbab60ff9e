import { decodeWorker } from "../../src/liantis/decode.ts";
import { faultOfStatus } from "../../src/liantis/faults.ts";
import { readJson, readProblemType } from "../../src/liantis/json-answer.ts";
import { readWorkerPage } from "../../src/liantis/wire.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";

/** A worker, or a wage contract of one, as the partner API sends it. */
export type WireRecord = Record<string, unknown>;

/** The content of a page before it becomes bytes. */
export interface WirePage {
  items: unknown[];
  nextCursor: string | null;
  total: number;
  snapshotAt: string;
}

/** An answer as it arrives, with any content. */
export interface WireAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** One employer at Liantis: the pages of its listing, and what becomes of them on the way. */
export interface Employer {
  pages: unknown[][];
  /** Changes the answer for a page (from 1); without it the answers are honest. */
  lie: ((honest: WirePage, page: number) => WirePage | WireAnswer) | null;
}

/**
 * Liantis within this process: it speaks the partner API down to the bytes of an answer, and those are read by the very code
 * that reads them from the network. There is no network in between, so that thousands of listings fit in a minute.
 */
export function contractLiantis(employers: ReadonlyMap<string, Employer>): SyncEngine["liantis"] {
  return {
    fetchWorker: () => Promise.reject(new Error("whole listings are what these tests are about")),
    fetchWorkerPage: async (enterpriseNumber, { cursor }) => {
      const answer = answerOf(employers.get(enterpriseNumber), cursor);
      const page = readWorkerPage(readAnswer(answer), cursor);
      return {
        workers: page.items.map(decodeWorker),
        nextCursor: page.nextCursor,
        total: page.total,
        snapshotAt: page.snapshotAt,
        itemCount: page.items.length,
      };
    },
  };
}

/** The cursor that leads to a page, counted from 1; none leads past the last. */
export function cursorTo(page: number, pages: number): string | null {
  return page > pages ? null : `page-${page}`;
}

/** An honest answer in JSON. */
export function jsonAnswer(page: unknown): WireAnswer {
  return { status: 200, contentType: "application/json", body: JSON.stringify(page) };
}

function answerOf(employer: Employer | undefined, cursor: string | null): WireAnswer {
  if (employer === undefined) {
    const body = JSON.stringify({ type: "employer-not-found", status: 404 });
    return { status: 404, contentType: "application/problem+json", body };
  }
  const page = cursor === null ? 1 : Number(cursor.replace("page-", ""));
  const honest: WirePage = {
    items: employer.pages[page - 1] ?? [],
    nextCursor: cursorTo(page + 1, employer.pages.length),
    total: employer.pages.reduce((sum, one) => sum + one.length, 0),
    snapshotAt: "2026-11-20T10:00:00Z",
  };
  const sent = employer.lie?.(honest, page) ?? honest;
  return "status" in sent ? sent : jsonAnswer(sent);
}

function readAnswer({ status, contentType, body }: WireAnswer): unknown {
  const raw = {
    status,
    headers: new Headers({ "content-type": contentType }),
    body: new TextEncoder().encode(body),
  };
  if (status !== 200) throw faultOfStatus(status, readProblemType(raw), null);
  return readJson(raw);
}
