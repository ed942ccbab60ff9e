/**
 * Invented workers in the form of Liantis; the same number gives the same worker. Three in ten have a second wage contract, and
 * each has the fields that a sync does not use.
 * @param changed every hundredth person has a new e-mail address or a new wage
 */
export function inventWorker(index: number, changed: boolean): object {
  const first = pick(firstNames, index * 7);
  const last = pick(lastNames, index * 13 + Math.floor(index / 24));
  const isChanged = changed && index % changedEvery === changedEvery - 1;
  const change = isChanged ? (index % (2 * changedEvery) < changedEvery ? "email" : "wage") : null;
  const address = `${first}.${last}.${index}@${change === "email" ? "nieuw" : "fietsen"}.example`;
  return {
    workerId: workerId(index),
    employeeNumber: String(100_000 + index),
    firstName: first,
    lastName: last,
    email: address
      .toLowerCase()
      .normalize("NFD")
      .replaceAll(/[^a-z0-9@.]/g, ""),
    language: pick(["N", "F", "N", "E"], index),
    employmentStartDate: day(2012 + (index % 10), index),
    employmentEndDate: null,
    wageContracts: inventContracts(index, change === "wage"),
    nationalRegisterNumber: null,
    birthDate: day(1965 + (index % 35), index + 3),
    gender: pick(["F", "M", "X"], index),
    maritalStatus: pick(["single", "married"], index),
    nationalities: ["BE"],
    addresses: [
      {
        street: "Bakkerstraat",
        number: String(index % 300),
        postalCode: "9000",
        city: "Gent",
        country: "BE",
      },
    ],
    phoneNumbers: [`+32 470 00 ${String(index % 100).padStart(2, "0")} 00`],
  };
}

/** How many contracts `count` people have. */
export function contractsOf(count: number): number {
  return count + Math.floor(count / 10) * 3 + Math.min(count % 10, 3);
}

/** How many of `count` people are changed. */
export function changedOf(count: number): number {
  return Math.floor(count / changedEvery);
}

const changedEvery = 100;
const firstNames = [
  "Amélie",
  "Bart",
  "Chloé",
  "Dries",
  "Eline",
  "Farid",
  "Greet",
  "Hannes",
  "Inès",
  "Jonas",
  "Katrijn",
];
const lastNames = [
  "Peeters",
  "Janssens",
  "De Vos",
  "Lambert",
  "Öztürk",
  "Maes",
  "Dubois",
  "Claes",
  "Van den Berg",
];

function workerId(index: number): string {
  return `w-${String(index).padStart(9, "0")}`;
}

function inventContracts(index: number, raised: boolean): object[] {
  const current = contract(`${workerId(index)}-b`, index, {
    startDate: day(2022 + (index % 3), index),
    endDate: null,
    raise: raised ? 87 : 0,
  });
  if (index % 10 >= 3) return [current];
  return [
    contract(`${workerId(index)}-a`, index, { startDate: "2021-12-01", endDate: "2021-12-31", raise: 0 }),
    current,
  ];
}

function contract(
  contractId: string,
  index: number,
  { startDate, endDate, raise }: { startDate: string; endDate: string | null; raise: number },
): object {
  const isHourly = index % 10 === 4;
  const amount = isHourly ? 1650 + (index % 900) : 240_000 + (index % 200_000);
  const isPartTime = index % 5 === 0;
  return {
    contractId,
    statute: isHourly && index % 20 === 4 ? "BLUE_COLLAR" : "WHITE_COLLAR",
    wageType: isHourly ? "HOURLY" : "MONTHLY",
    grossAmount: ((amount + raise) / 100).toFixed(2),
    startDate,
    endDate,
    weeklyHours: isPartTime ? "30.40" : "38.00",
    referenceWeeklyHours: "38.00",
    workRegimePercentage: isPartTime ? "80.00" : "100.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
  };
}

function day(year: number, index: number): string {
  const month = String(1 + (index % 12)).padStart(2, "0");
  return `${year}-${month}-${String(1 + (index % 28)).padStart(2, "0")}`;
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError("nothing to pick from");
  return value;
}
