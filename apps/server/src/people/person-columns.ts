import type { ContractValues, PersonValues } from "../domain/records/employee.ts";
import {
  type ContractField,
  contractFields,
  personFields,
  type StoredPersonField,
} from "../domain/records/synced-fields.ts";
import { type BatchColumn, textColumn } from "../postgres/batch-columns.ts";
import { columnName } from "../postgres/field-columns.ts";

const columnTypes = {
  text: "text",
  language: "text",
  statute: "text",
  wage_type: "text",
  date: "date",
  decimal: "numeric",
} as const;

/** The columns of an employee's fields, for rows that go out together. */
export function personColumns<Field extends StoredPersonField>(
  fields: readonly Field[],
): BatchColumn<Pick<PersonValues, Field>>[] {
  return fields.map((field) =>
    textColumn(columnName(field), columnTypes[personFields[field].kind], (row) => row[field]),
  );
}

/** The columns of a wage contract's fields. */
export function contractColumns(fields: readonly ContractField[]): BatchColumn<ContractValues>[] {
  return fields.map((field) =>
    textColumn(columnName(field), columnTypes[contractFields[field].kind], (row) => row[field]),
  );
}
