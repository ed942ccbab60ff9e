import type { FastifyReply, FastifyRequest } from "fastify";
import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";
import type { World } from "../state/world.ts";

const COOKIE = "sim_my";

/** The cookie is signed and not stored, so that a log-in survives a restart. */
export function findLoggedInPerson(world: World, request: FastifyRequest): Person | null {
  const unsigned = request.unsignCookie(request.cookies[COOKIE] ?? "");
  return unsigned.valid ? (world.people.get(unsigned.value) ?? null) : null;
}

export function logIn(reply: FastifyReply, person: Person): void {
  reply.setCookie(COOKIE, person.username, { path: "/my", httpOnly: true, sameSite: "lax", signed: true });
}

export function logOut(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: "/my" });
}

/** True if the person may see and change the workers of the employer on the site. */
export function canManage(person: Person, employer: Employer): boolean {
  const role = person.roles[employer.enterpriseNumber];
  return role === "main_user" || role === "accountant";
}

/** The address to open after the log-in. An address outside the site is replaced by its start page. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/my(\/|\?|$)/.test(next) ? next : "/my";
}
