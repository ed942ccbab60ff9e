import type { Socket } from "node:net";
import { newId } from "../../postgres/ids.ts";
import { renderProblem } from "../../texts/problems.ts";

/**
 * Answers bytes that are no request, or no whole one in time: there is no route and no language yet, only the connection. It is
 * closed after the answer.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return void socket.destroy();
  const { status, reason } = statusOf(error.code);
  const reference = newId();
  const { title, detail, remedy } = renderProblem("INVALID_REQUEST", { reference }, "en");
  const code = "INVALID_REQUEST";
  const type = `urn:payflip:problem:${code}`;
  const body = JSON.stringify({ type, code, title, detail, remedy, status, reference });
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Cache-Control: no-store",
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

function statusOf(code: string | undefined): { status: number; reason: string } {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, reason: "Request Timeout" };
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, reason: "Request Header Fields Too Large" };
  return { status: 400, reason: "Bad Request" };
}
