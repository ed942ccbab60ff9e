import * as z from "zod/mini";
import { id, language } from "./page.ts";

/** What an account or an API key may be. `employee` can sign in and sees no page of this product. */
export const role = z.enum(["admin", "reader", "success_manager", "support", "employee"]);
export type Role = z.infer<typeof role>;

/** `GET /session`: who is signed in and what they may see. */
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

/** `GET /session/options`: what the sign-in page needs before anybody signed in. */
export const sessionOptions = z.object({ oidcSignIn: z.boolean(), supportEmail: z.nullable(z.string()) });
export type SessionOptions = z.infer<typeof sessionOptions>;

/** `POST /session`. */
export const signIn = z.object({
  email: z.string().check(z.minLength(1), z.maxLength(320)),
  password: z.string().check(z.minLength(1), z.maxLength(1000)),
});
export type SignIn = z.infer<typeof signIn>;

/** `PATCH /session`: the language of the screens and mails of the account itself. */
export const sessionChange = z.object({ language });
export type SessionChange = z.infer<typeof sessionChange>;

/** `GET /session/oidc/start`: `returnTo` is a path of the app. */
export const oidcStartQuery = z.object({ returnTo: z.optional(z.string().check(z.maxLength(1000))) });
