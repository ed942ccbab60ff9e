import { type RawBuilder, sql } from "kysely";

/** The column of a field: `employeeNumber` is in `employee_number`. */
export type ColumnName<Field extends string> = Field extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${ColumnName<Rest>}`
    : `_${Lowercase<First>}${ColumnName<Rest>}`
  : "";

/** The columns of fields, with the types of their values. */
export type ColumnsOf<Values> = {
  [Field in keyof Values & string as ColumnName<Field>]: Values[Field];
};

export function columnName<Field extends string>(field: Field): ColumnName<Field> {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as ColumnName<Field>;
}

/** `e.employee_number as "employeeNumber", …`: the columns of fields as a select reads them, by the names of the fields. */
export function selectedFields(table: string, fields: readonly string[]): RawBuilder<unknown> {
  return sql.raw(fields.map((field) => `${table}.${columnName(field)} as "${field}"`).join(", "));
}

/** A row whose columns are called after the fields. */
export function rowOfFields<Field extends string, Values extends Record<Field, unknown>>(
  fields: readonly Field[],
  values: Values,
): ColumnsOf<Pick<Values, Field>> {
  return Object.fromEntries(fields.map((field) => [columnName(field), values[field]])) as ColumnsOf<
    Pick<Values, Field>
  >;
}
