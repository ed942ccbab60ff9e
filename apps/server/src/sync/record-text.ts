import type { Defect, WageContractRecord, WorkerRecord } from "../domain/records/worker.ts";

/**
 * A record as the text that is staged and hashed: its values in a fixed order, without the names of the fields. That is
 * two fifths of what the named form takes, for every person of every night.
 */
export function recordText(record: WorkerRecord): string {
  const { defects, contracts } = record;
  const values: PersonValues = [
    record.workerId,
    record.employeeNumber,
    record.firstName,
    record.lastName,
    record.email,
    record.language,
    record.languageUnsupported,
    record.startDate,
    record.employmentEndDate === undefined ? notUsable : record.employmentEndDate,
    contracts.map(contractValues),
    defects.map(({ field, contractId }) => [field, contractId]),
  ];
  return JSON.stringify(values);
}

/** The record that a text was made of. */
export function recordOfText(text: string): WorkerRecord {
  const [
    workerId,
    employeeNumber,
    firstName,
    lastName,
    email,
    language,
    languageUnsupported,
    startDate,
    employmentEndDate,
    contracts,
    defects,
  ] = JSON.parse(text) as PersonValues;
  return {
    workerId,
    employeeNumber,
    firstName,
    lastName,
    email,
    language,
    languageUnsupported,
    startDate,
    employmentEndDate: employmentEndDate === notUsable ? undefined : employmentEndDate,
    contracts: contracts.map(contractOf),
    defects: defects.map(([field, contractId]) => ({ field, contractId })),
  };
}

type PersonValues = [
  workerId: string,
  employeeNumber: string | null,
  firstName: string | null,
  lastName: string | null,
  email: string | null,
  language: WorkerRecord["language"],
  languageUnsupported: string | null,
  startDate: string | null,
  employmentEndDate: string | null | typeof notUsable,
  contracts: ContractTuple[],
  defects: [field: Defect["field"], contractId: Defect["contractId"]][],
];

type ContractTuple = [
  contractId: string,
  statute: WageContractRecord["statute"],
  wageType: WageContractRecord["wageType"],
  wageTypeUnknown: string | null,
  grossAmount: string | null,
  startDate: string | null,
  endDate: string | null | typeof notUsable,
  weeklyHours: string | null,
  referenceWeeklyHours: string | null,
  workRegimePercentage: string | null,
  employerSocialSecurityPercentage: string | null,
  jointCommittee: string | null,
];

/** JSON has no `undefined`, and null says that there is no end. */
const notUsable = 0;

function contractValues(contract: WageContractRecord): ContractTuple {
  return [
    contract.contractId,
    contract.statute,
    contract.wageType,
    contract.wageTypeUnknown,
    contract.grossAmount,
    contract.startDate,
    contract.endDate === undefined ? notUsable : contract.endDate,
    contract.weeklyHours,
    contract.referenceWeeklyHours,
    contract.workRegimePercentage,
    contract.employerSocialSecurityPercentage,
    contract.jointCommittee,
  ];
}

function contractOf(values: ContractTuple): WageContractRecord {
  return {
    contractId: values[0],
    statute: values[1],
    wageType: values[2],
    wageTypeUnknown: values[3],
    grossAmount: values[4],
    startDate: values[5],
    endDate: values[6] === notUsable ? undefined : values[6],
    weeklyHours: values[7],
    referenceWeeklyHours: values[8],
    workRegimePercentage: values[9],
    employerSocialSecurityPercentage: values[10],
    jointCommittee: values[11],
  };
}
