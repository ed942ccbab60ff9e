import { createServer } from "node:http";
import process from "node:process";
import { pageSize, type Serve } from "./messages.ts";
import { inventWorker } from "./people.ts";

/**
 * A provider without latency. Pages are serialised before the measurement, so that its cost is small and the same for both sides.
 * It has only the part of the contract that a listing needs: discovery, the partner token and the pages.
 */
let listings = new Map<string, Buffer[]>();
let origin = "";

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", origin);
  const send = (body: Buffer | string, status = 200) => {
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  };
  if (url.pathname === "/.well-known/openid-configuration") {
    send(JSON.stringify({ ...metadata, issuer: origin, token_endpoint: `${origin}/token` }));
  } else if (url.pathname === "/token") {
    send(JSON.stringify({ access_token: "partner", token_type: "Bearer", expires_in: 300 }));
  } else {
    const [, enterpriseNumber] = /^\/v1\/employers\/(\d{10})\/workers$/.exec(url.pathname) ?? [];
    const pages = listings.get(enterpriseNumber ?? "");
    const page = pages?.[Number(url.searchParams.get("cursor") ?? 0)];
    if (page) send(page);
    else send(JSON.stringify({ type: "employer-not-found", status: 404 }), 404);
  }
});

const metadata = {
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
};

type Employer = Serve["employers"][number];

function serialise({ people, firstPerson }: Employer, changed: boolean): Buffer[] {
  const count = Math.max(1, Math.ceil(people / pageSize));
  return Array.from({ length: count }, (_, page) => {
    const firstOfPage = page * pageSize;
    const items = Array.from({ length: Math.min(pageSize, people - firstOfPage) }, (__, index) =>
      inventWorker(firstPerson + firstOfPage + index, changed),
    );
    return Buffer.from(
      JSON.stringify({
        items,
        nextCursor: page + 1 < count ? String(page + 1) : null,
        total: people,
        snapshotAt: "2026-11-20T02:00:00Z",
      }),
    );
  });
}

process.on("message", ({ employers, changed }: Serve) => {
  listings = new Map(employers.map((employer) => [employer.enterpriseNumber, serialise(employer, changed)]));
  process.send?.(origin);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  origin = `http://127.0.0.1:${address.port}`;
  process.send?.(origin);
});
