import type { FastifyReply, FastifyRequest } from "fastify";
import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";
import type { World } from "../state/world.ts";

const COOKIE = "sim_my";

/** Who is logged in on the site, or null. The cookie is signed, so that it outlives a restart. */
export function personLoggedIn(world: World, request: FastifyRequest): Person | null {
  const unsigned = request.unsignCookie(request.cookies[COOKIE] ?? "");
  return unsigned.valid ? (world.people.get(unsigned.value) ?? null) : null;
}

export function logIn(reply: FastifyReply, person: Person): void {
  reply.setCookie(COOKIE, person.username, { path: "/my", httpOnly: true, sameSite: "lax", signed: true });
}

export function logOut(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: "/my" });
}

/** True for who may see and change the workers of an employer on the site. */
export function mayManage(person: Person, employer: Employer): boolean {
  const role = person.roles[employer.enterpriseNumber];
  return role === "main_user" || role === "accountant";
}

/** Only an address within the site is gone to after the log-in. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/my(\/|\?|$)/.test(next) ? next : "/my";
}
