/** What a person may be for an employer, as the ID token says it. */
type Role = "main_user" | "user" | "accountant";

/** Somebody who can log in at the simulated MyLiantis. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
  /** The role per enterprise number. */
  readonly roles: Readonly<Record<string, Role>>;
  /** What this person is there to show, for the hint on the log-in page. */
  readonly hint: string;
}

/** Somebody who can sign in to the product through the plain sign-in provider. */
export interface SignInAccount {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly emailVerified: boolean;
}

/** The password of everybody for whom none was given. */
export const DEFAULT_PASSWORD = "liantis";

/** The people every new employer gets by itself. */
export function fixedPeople(enterpriseNumber: string, employerName: string): Person[] {
  const person = (prefix: string, name: string, role: Role, hint: string): Person => ({
    username: `${prefix}@${enterpriseNumber}`,
    password: DEFAULT_PASSWORD,
    name,
    email: `${prefix}.${enterpriseNumber}@people.example`,
    roles: { [enterpriseNumber]: role },
    hint: `${hint} of ${employerName}`,
  });
  return [
    person("main", "Sofie Peeters", "main_user", "main user"),
    person("user", "Tom Willems", "user", "ordinary user"),
    person("accountant", "Karim Haddad", "accountant", "accountant"),
    person("cancels", "Eva Maes", "main_user", "main user who presses Cancel"),
  ];
}
