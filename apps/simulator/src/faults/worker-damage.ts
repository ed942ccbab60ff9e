type Entry = readonly [string, unknown];

const IDS = new Set(["workerId", "contractId", "wageContracts"]);
const LISTS = new Set(["nationalities", "addresses", "phoneNumbers"]);

export function nullFields(worker: object, fields?: string[]): object {
  return rewrite(worker, (key, value) =>
    isTouched(key, fields) && !LISTS.has(key) ? [key, null] : [key, value],
  );
}

export function dropKeys(worker: object, fields?: string[]): object {
  return rewrite(worker, (key, value) => (isTouched(key, fields) ? null : [key, value]));
}

export function blankStrings(worker: object, fields?: string[]): object {
  return rewrite(worker, (key, value) =>
    isTouched(key, fields) && typeof value === "string" ? [key, ""] : [key, value],
  );
}

export function useUnknownEnumValues(worker: object): object {
  const replacements: Readonly<Record<string, string>> = {
    statute: "APPRENTICE",
    wageType: "PIECEWORK",
    language: "X",
  };
  return rewrite(worker, (key, value) => [key, replacements[key] ?? value]);
}

export function changeTypes(worker: object): object {
  const numbers = new Set(["grossAmount", "weeklyHours", "workRegimePercentage", "employeeNumber"]);
  return rewrite(worker, (key, value) => {
    if (numbers.has(key)) return [key, Number(value)];
    return key === "email" ? [key, [value]] : [key, value];
  });
}

export function addUnknownFields(worker: object): object {
  const widened = rewrite(worker, (key, value) => [key, value], {
    costCentre: "CC-1",
    premium: { kind: "shift" },
  });
  return { ...widened, bankAccount: "BE00 0000 0000 0000", trade: { code: 7 } };
}

function isTouched(key: string, fields: string[] | undefined): boolean {
  return !IDS.has(key) && (fields === undefined || fields.includes(key));
}

/** Changes each field of a worker and of its contracts; a field for which `change` returns null is dropped. */
function rewrite(
  worker: object,
  change: (key: string, value: unknown) => Entry | null,
  contractExtras: object = {},
): object {
  const entries = Object.entries(worker).map(([key, value]) => change(key, value));
  const changed = Object.fromEntries(entries.filter((entry) => entry !== null)) as Record<string, unknown>;
  const contracts = changed["wageContracts"];
  if (!Array.isArray(contracts)) return changed;
  const rewritten = contracts.map((contract: unknown) =>
    typeof contract === "object" && contract !== null
      ? { ...rewrite(contract, change), ...contractExtras }
      : contract,
  );
  return { ...changed, wageContracts: rewritten };
}
