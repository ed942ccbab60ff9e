import * as z from "zod/mini";
import { everyRole, noRole, role } from "./access.ts";
import { endpoint, nothing } from "./endpoint.ts";
import { id, language } from "./page.ts";

/** Who is signed in and what they may see. */
export const session = z.object({
  account: z.object({ id, name: z.string(), email: z.string(), language }),
  role,
  /** All of the account's roles; `entityIds` null means all entities of the customer. */
  roles: z.array(z.object({ role, customerId: z.nullable(id), entityIds: z.nullable(z.array(id)) })),
  seesWages: z.boolean(),
  /** Null for success managers and support, who belong to no customer. */
  customer: z.nullable(z.object({ id, name: z.string() })),
  /** The entities that the account may see. */
  entities: z.array(z.object({ id, name: z.string() })),
  /** Signing in with an OpenID provider is set up. */
  oidcSignIn: z.boolean(),
});
session.register(z.globalRegistry, { id: "Session" });
export type Session = z.infer<typeof session>;

/** What the sign-in page needs before a sign-in. */
export const sessionOptions = z.object({
  oidcSignIn: z.boolean(),
  /** An account exists that has a password or can get one by mail. */
  passwordSignIn: z.boolean(),
  supportEmail: z.nullable(z.string()),
});
export type SessionOptions = z.infer<typeof sessionOptions>;

export const credentials = z.object({
  email: z.string().check(z.minLength(1), z.maxLength(320)),
  password: z.string().check(z.minLength(1), z.maxLength(1000)),
});
export type Credentials = z.infer<typeof credentials>;

export const sessionChange = z.object({ language });
export type SessionChange = z.infer<typeof sessionChange>;

/** `returnTo` is a path of the app. */
export const oidcStartQuery = z.object({ returnTo: z.optional(z.string().check(z.maxLength(1000))) });

export const readSessionOptions = endpoint({
  method: "GET",
  path: "/session/options",
  summary: "Read how to sign in",
  description:
    "Says whether an OpenID provider is set up, whether any account can have a password, and which address reaches support.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  answers: { 200: sessionOptions },
  problems: [],
});

export const readSession = endpoint({
  method: "GET",
  path: "/session",
  summary: "Read the own session",
  description:
    "Answers who is signed in and what the account may see. An API key has no session: it gets 404.",
  tags: ["session"],
  roles: everyRole,
  tenant: "none",
  answers: { 200: session },
  problems: ["NOT_FOUND"],
});

export const signIn = endpoint({
  method: "POST",
  path: "/session",
  summary: "Sign in with a password",
  description: "Starts a session and sets its cookie; a session that the browser had before ends.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  body: credentials,
  example: { email: "an.peeters@brouwerij.example", password: "correct horse battery staple" },
  answers: { 201: session },
  problems: ["SIGN_IN_FAILED", "FORBIDDEN"],
});

export const changeSession = endpoint({
  method: "PATCH",
  path: "/session",
  summary: "Change the own language",
  description: "Sets the language of the screens and mails of the account that is signed in.",
  tags: ["session"],
  roles: everyRole,
  tenant: "none",
  body: sessionChange,
  example: { language: "fr" },
  answers: { 200: session },
  problems: ["NOT_FOUND"],
});

export const signOut = endpoint({
  method: "DELETE",
  path: "/session",
  summary: "Sign out",
  description: "Ends the session and clears its cookie.",
  tags: ["session"],
  roles: everyRole,
  tenant: "none",
  answers: { 204: nothing },
  problems: ["NOT_FOUND"],
});

export const startOidcSignIn = endpoint({
  method: "GET",
  path: "/session/oidc/start",
  summary: "Sign in with the OpenID provider",
  description:
    "For a browser: redirects to the provider, or to the sign-in page when the provider cannot be reached. Exists only where a provider is set up.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  query: oidcStartQuery,
  answers: { 303: nothing },
  problems: [],
});

export const finishOidcSignIn = endpoint({
  method: "GET",
  path: "/session/oidc/callback",
  summary: "Come back from the OpenID provider",
  description:
    "For a browser: starts the session and redirects to the page that was asked for, or to the sign-in page when the sign-in failed.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  answers: { 303: nothing },
  problems: [],
});
