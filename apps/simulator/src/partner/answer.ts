import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** An answer before it is sent: faults can change or withhold it. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value; ignored when `text` is set. */
  readonly body: unknown;
  /** The exact bytes to send instead of `body`. */
  readonly text?: string;
  readonly delivery: "whole" | "truncated" | "reset" | "stall";
  readonly delayMs: number;
}

export function jsonAnswer(body: unknown): Answer {
  return { status: 200, contentType: "application/json", headers: {}, body, delivery: "whole", delayMs: 0 };
}

/** A problem document (RFC 9457); `type` is one of those in the contract. */
export function problem(status: number, type: string, detail: string): Answer {
  const body = { type, title: type.replaceAll("-", " "), status, detail };
  return {
    status,
    contentType: "application/problem+json",
    headers: {},
    body,
    delivery: "whole",
    delayMs: 0,
  };
}

/** Sends the answer in the way of its `delivery`. Resolves once nothing more will be sent. */
export async function deliver(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.delayMs > 0) await delay(answer.delayMs, undefined, { ref: false });
  if (response.destroyed || answer.delivery === "stall") return;
  if (answer.delivery === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(answer.text ?? JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    ...answer.headers,
    "content-type": answer.contentType,
    "content-length": bytes.length,
    "cache-control": "no-store",
  });
  if (answer.delivery === "whole") response.end(bytes);
  else response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
