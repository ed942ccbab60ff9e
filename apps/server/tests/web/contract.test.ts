import assert from "node:assert/strict";
import test from "node:test";
import type { Endpoint } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import { problemCode } from "@payflip/contract/problem.ts";
import { problemCatalogue } from "../../src/domain/catalogue/problem-catalogue.ts";

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
