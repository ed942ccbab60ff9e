import * as z from "zod/mini";
import type { Role, Tenant } from "./access.ts";
import type { ProblemCode } from "./problem.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The noun that an endpoint is about; the description of the API groups endpoints by it. */
export type Tag =
  | "API keys"
  | "activation"
  | "candidates"
  | "cases"
  | "connection"
  | "customers"
  | "employees"
  | "entities"
  | "fleet"
  | "holds"
  | "issues"
  | "links"
  | "previews"
  | "session"
  | "syncs"
  | "tasks"
  | "thresholds"
  | "wage contracts";

/** One operation of our API: where it is, who may call it, what it takes and what it answers. */
export interface Endpoint {
  readonly method: Method;
  /** Below `/api/v1`; `:name` is one of the `params`. */
  readonly path: `/${string}`;
  /** What a call does, in one line. */
  readonly summary: string;
  /** What a caller has to know besides, in a sentence or two. */
  readonly description: string;
  readonly tags: readonly [Tag];
  /** Who may call it; empty where `tenant` is `public`. */
  readonly roles: readonly Role[];
  readonly tenant: Tenant;
  /** The endpoint shows or writes wages only: callers who may not see wages are refused. */
  readonly wages?: true;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** A body as a caller would send it. */
  readonly example?: unknown;
  /** Bytes that the body may have, where the usual MiB is too little. */
  readonly bodyLimit?: number;
  /** What success looks like, by status; `nothing` for a status without a body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType>>;
  /** `text/event-stream`: each event holds the answer. */
  readonly answersAs?: "text/event-stream";
  /** The codes of its own refusals; `problemsOf` adds those that follow from the declaration. */
  readonly problems: readonly ProblemCode[];
}

/** Declares an endpoint; its type keeps every part of the declaration. */
export function endpoint<const E extends Endpoint>(declaration: E): E {
  return Object.freeze(declaration);
}

/** The answer of a status that has no body. */
export const nothing = z.null();

/** Bytes of a body that may name every person of a large employer. */
export const manyIdsLimit = 8 * 1024 * 1024;

/** Every code that an endpoint can answer with: its own and those that each endpoint of its kind has. */
export function problemsOf({ method, tenant, params, body, problems }: Endpoint): ProblemCode[] {
  const codes: ProblemCode[] = ["INVALID_REQUEST", "RATE_LIMITED", "INTERNAL", "UNAVAILABLE", ...problems];
  if (tenant !== "public") codes.push("UNAUTHENTICATED", "FORBIDDEN");
  if (params !== undefined) codes.push("NOT_FOUND", "ADDRESS_TOO_LONG");
  if (body !== undefined) codes.push("JSON_INVALID", "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE");
  // An `Idempotency-Key` that came with another body, or whose first request is not answered yet, or never will be.
  if (method === "POST" && tenant !== "public")
    codes.push("IDEMPOTENCY_KEY_REUSED", "WRONG_STATE", "OUTCOME_UNKNOWN");
  return [...new Set(codes)];
}

type Received<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined;
type Part<E extends Endpoint, Name extends "params" | "query" | "body"> = Name extends keyof E
  ? E[Name]
  : undefined;

/** The path parameters as a handler receives them: checked, with defaults filled in. So do `QueryOf` and `BodyOf`. */
export type ParamsOf<E extends Endpoint> = Received<Part<E, "params">>;
export type QueryOf<E extends Endpoint> = Received<Part<E, "query">>;
export type BodyOf<E extends Endpoint> = Received<Part<E, "body">>;

/** What a call answers with when it succeeds. */
export type AnswerOf<E extends Endpoint> = z.output<E["answers"][keyof E["answers"] & number]>;

type Sent<E extends Endpoint, Name extends "params" | "query" | "body"> =
  Part<E, Name> extends infer Schema extends z.ZodMiniType
    ? undefined extends z.input<Schema>
      ? { readonly [Key in Name]?: z.input<Schema> }
      : Partial<z.input<Schema>> extends z.input<Schema>
        ? { readonly [Key in Name]?: z.input<Schema> }
        : { readonly [Key in Name]: z.input<Schema> }
    : unknown;

/** What a caller passes: a part that the endpoint does not have cannot be passed. */
export type ArgumentsOf<E extends Endpoint> = Sent<E, "params"> & Sent<E, "query"> & Sent<E, "body">;
