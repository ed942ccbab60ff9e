import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "../domain/catalogue/problem.ts";

/**
 * Refuses writes that another site made a browser send. A browser names the page's origin in `Origin` (or says
 * `same-origin` in `Sec-Fetch-Site`), and a form of another site cannot send JSON. A caller that is no browser sends neither
 * header and is refused where a cookie signs in (`json`).
 */
export function assertSameOrigin(
  { headers }: { headers: IncomingHttpHeaders },
  publicUrl: string,
  { json = false }: { json?: boolean } = {},
): void {
  const site = headers["sec-fetch-site"];
  const isOurs =
    headers.origin === new URL(publicUrl).origin || (headers.origin === undefined && site === "same-origin");
  const isNoBrowser = headers.origin === undefined && site === undefined;
  if (!isOurs && !(isNoBrowser && !json)) throw new Problem("FORBIDDEN");
  if (json && !isJsonOrEmpty(headers)) throw new Problem("FORBIDDEN");
}

function isJsonOrEmpty(headers: IncomingHttpHeaders): boolean {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== undefined) return type === "application/json";
  return headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0";
}
