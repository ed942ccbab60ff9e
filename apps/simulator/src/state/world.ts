import { foldToAscii } from "../generate/names.ts";
import { inventEnterpriseNumber } from "../generate/enterprise-number.ts";
import { createClock, type SimulatedClock } from "./clock.ts";
import { Employer, type EmployerSnapshot } from "./employer.ts";
import { defaultPeople, type Person, type SignInAccount } from "./people.ts";

/** The content of the state file. */
export interface WorldSnapshot {
  readonly version: 1;
  readonly clockOffsetMs: number;
  readonly consentsGiven: number;
  readonly employers: readonly EmployerSnapshot[];
  readonly people: readonly Person[];
  readonly signInAccounts: readonly SignInAccount[];
  readonly redirectUris: readonly string[];
  readonly signInRedirectUris: readonly string[];
}

export interface NewEmployer {
  readonly enterpriseNumber?: string | undefined;
  readonly name: string;
  readonly workers: number;
  readonly seed?: string | undefined;
  readonly missingEmailShare: number;
  readonly available: boolean;
}

export interface WorldOptions {
  readonly seed: string;
  readonly now?: string | undefined;
  readonly redirectUris: readonly string[];
  readonly signInRedirectUris: readonly string[];
}

/** The state of the simulated provider. Code that changes it calls `markChanged`, so that the state file is written. */
export class World {
  readonly seed: string;
  readonly clock: SimulatedClock;
  readonly employers = new Map<string, Employer>();
  readonly people = new Map<string, Person>();
  readonly signInAccounts = new Map<string, SignInAccount>();
  redirectUris: string[];
  signInRedirectUris: string[];
  #consentsGiven = 0;
  readonly #startAt: string | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(options: WorldOptions) {
    this.seed = options.seed;
    this.#startAt = options.now;
    this.clock = createClock(options.now);
    this.redirectUris = [...options.redirectUris];
    this.signInRedirectUris = [...options.signInRedirectUris];
  }

  createEmployer(wanted: NewEmployer): Employer {
    const enterpriseNumber = wanted.enterpriseNumber ?? this.#freeEnterpriseNumber();
    const employer = new Employer({
      enterpriseNumber,
      name: wanted.name,
      available: wanted.available,
      consent: { status: "none", consentId: null, grantedAt: null },
      generated: {
        seed: `${wanted.seed ?? this.seed}/${enterpriseNumber}`,
        workers: wanted.workers,
        missingEmailShare: wanted.missingEmailShare,
        asOf: this.clock.today(),
        mailDomain: `${foldToAscii(wanted.name, "-") || "employer"}.example`,
      },
      nextNumber: wanted.workers,
      removed: [],
      edited: [],
    });
    this.employers.set(enterpriseNumber, employer);
    for (const person of defaultPeople(enterpriseNumber, wanted.name))
      this.people.set(person.username, person);
    this.markChanged();
    return employer;
  }

  setConsent(employer: Employer, status: "none" | "granted" | "revoked"): void {
    if (status === "granted") {
      this.#consentsGiven += 1;
      const consentId = `consent-${employer.enterpriseNumber}-${this.#consentsGiven}`;
      employer.consent = { status, consentId, grantedAt: this.clock.nowText() };
    } else {
      const known = status === "revoked" ? employer.consent : { consentId: null, grantedAt: null };
      employer.consent = { status, consentId: known.consentId, grantedAt: known.grantedAt };
    }
    this.markChanged();
  }

  /** Removes employers, people and accounts and resets the clock; the clients stay. */
  reset(): void {
    this.employers.clear();
    this.people.clear();
    this.signInAccounts.clear();
    this.#consentsGiven = 0;
    this.clock.setOffset(0);
    if (this.#startAt !== undefined) this.clock.setTo(this.#startAt);
    this.markChanged();
  }

  snapshot(): WorldSnapshot {
    return {
      version: 1,
      clockOffsetMs: this.clock.offsetMs(),
      consentsGiven: this.#consentsGiven,
      employers: [...this.employers.values()].map((employer) => employer.snapshot()),
      people: [...this.people.values()],
      signInAccounts: [...this.signInAccounts.values()],
      redirectUris: this.redirectUris,
      signInRedirectUris: this.signInRedirectUris,
    };
  }

  restore(snapshot: WorldSnapshot): void {
    this.clock.setOffset(snapshot.clockOffsetMs);
    this.#consentsGiven = snapshot.consentsGiven;
    for (const employer of snapshot.employers)
      this.employers.set(employer.enterpriseNumber, new Employer(employer));
    for (const person of snapshot.people) this.people.set(person.username, person);
    for (const account of snapshot.signInAccounts) this.signInAccounts.set(account.email, account);
    this.redirectUris = [...new Set([...this.redirectUris, ...snapshot.redirectUris])];
    this.signInRedirectUris = [...new Set([...this.signInRedirectUris, ...snapshot.signInRedirectUris])];
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  markChanged(): void {
    for (const listener of this.#listeners) listener();
  }

  #freeEnterpriseNumber(): string {
    for (let attempt = this.employers.size; ; attempt += 1) {
      const candidate = inventEnterpriseNumber(this.seed, attempt);
      if (!this.employers.has(candidate)) return candidate;
    }
  }
}
