import assert from "node:assert/strict";
import test from "node:test";
import type { Endpoint } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import { problemCode } from "@payflip/contract/problem.ts";
import Fastify from "fastify";
import { isProblemCode, problemCatalogue } from "../../src/domain/catalogue/problem-catalogue.ts";
import { addAuthentication } from "../../src/web/authenticate.ts";
import { openHttpServer, publicUrl } from "../support/http-server.ts";

const all: [string, Endpoint][] = Object.entries(endpoints);

test("each endpoint is explained: a summary in one line, and a description in sentences", () => {
  for (const [name, { summary, description }] of all) {
    assert.match(summary, /^[A-Z][^.\n]{3,60}$/, name);
    assert.match(description, /^[A-Z].{10,}\.$/, name);
  }
});

test("no two endpoints have the same method and path", () => {
  const addresses = all.map(([, { method, path }]) => `${method} ${path}`);
  assert.deepEqual(addresses.toSorted(), [...new Set(addresses)].toSorted());
});

test("the parameters of a path are the ones that are checked", () => {
  for (const [name, { path, params }] of all) {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
    const isMissing = inPath.map((parameter) => ({ [String(parameter)]: undefined }));
    assert.equal(params === undefined, inPath.length === 0, name);
    for (const missing of isMissing) assert.equal(params?.safeParse(missing).success, false, name);
  }
});

test("an example fits the body that it is an example of", () => {
  for (const [name, { body, example }] of all) {
    assert.equal(example === undefined, body === undefined, name);
    if (body !== undefined) assert.deepEqual(body.safeParse(example).error?.issues ?? [], [], name);
  }
});

test("only a public endpoint names no role", () => {
  for (const [name, { roles, tenant }] of all) assert.equal(roles.length === 0, tenant === "public", name);
});

test("the contract knows the problem codes of the catalogue, and no others", () => {
  assert.deepEqual(problemCode.options.toSorted(), Object.keys(problemCatalogue).toSorted());
});

test("the app serves every endpoint of the contract", async (t) => {
  const { app } = await openHttpServer(t, { oidc: unreachableProvider });
  const missing = all.filter(([, { method, path }]) => !app.hasRoute({ method, url: `/api/v1${path}` }));
  assert.deepEqual(
    missing.map(([name]) => name),
    [],
  );
});

test("a route of the API that is no endpoint of the contract stops the start", async (t) => {
  const { database } = await openHttpServer(t);
  const app = Fastify();
  addAuthentication(app, { db: database.db, now: () => new Date(), publicUrl });
  const config = { access: { roles: ["admin"], tenant: "none" } } as const;
  assert.throws(
    () => app.get("/api/v1/besides", { config }, async () => "hello"),
    /no endpoint of the contract/,
  );
});

test("the description of the API has every endpoint, with its name, texts, example and problems", async (t) => {
  const { app } = await openHttpServer(t, { oidc: unreachableProvider });
  const document: Described = (await app.inject({ url: "/api/openapi.json" })).json();
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.deepEqual(
    operations.map(({ operationId }) => operationId).toSorted(),
    all.map(([name]) => name).toSorted(),
  );
  for (const { operationId, summary, description, responses, requestBody, ...operation } of operations) {
    assert.ok(summary && description, operationId);
    assert.ok(Array.isArray(operation["x-access"]?.roles), operationId);
    const examples = Object.values(requestBody?.content ?? {}).map(({ example }) => example);
    assert.ok(
      examples.every((example) => example !== undefined),
      operationId,
    );
    for (const [status, answer] of Object.entries(responses)) {
      assert.notEqual(answer.description, "Default Response", `${operationId} ${status}`);
      if (Number(status) < 400) continue;
      const codes = [...answer.description.matchAll(/`([A-Z_]+)`/g)].map(([, code = ""]) => code);
      assert.ok(codes.length > 0, `${operationId} ${status}`);
      for (const code of codes) {
        assert.ok(isProblemCode(code), code);
        assert.equal(problemCatalogue[code].status, Number(status), code);
      }
      assert.ok(answer.content?.["application/problem+json"], `${operationId} ${status}`);
    }
  }
});

/** Nothing answers there; the routes of the OpenID sign-in exist once a provider is set. */
const unreachableProvider = { issuerUrl: "http://127.0.0.1:9", clientId: "payflip", clientSecret: "s" };

interface Described {
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  "x-access"?: { roles: string[] };
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, object> }>;
}
