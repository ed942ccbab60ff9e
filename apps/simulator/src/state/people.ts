/** The role of a person at an employer, as in the ID token. */
type Role = "main_user" | "user" | "accountant";

/** A person who can log in to the simulated MyLiantis. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
  /** By enterprise number. */
  readonly roles: Readonly<Record<string, Role>>;
  /** A description for the log-in page. */
  readonly hint: string;
}

/** A person who can sign in to the product through the plain sign-in provider. */
export interface SignInAccount {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly emailVerified: boolean;
}

/** The password if none is given. */
export const DEFAULT_PASSWORD = "liantis";

/** The people that every new employer has. */
export function defaultPeople(enterpriseNumber: string, employerName: string): Person[] {
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
