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

/** SQL: the columns of fields in a select, `e.employee_number as "employeeNumber", …`. */
export function selectedFields(table: string, fields: readonly string[]): RawBuilder<unknown> {
  return sql.raw(fields.map((field) => `${table}.${columnName(field)} as "${field}"`).join(", "));
}

/** The row of some fields of a record. */
export function rowOfFields<Field extends string, Values extends Record<Field, unknown>>(
  fields: readonly Field[],
  values: Values,
): ColumnsOf<Pick<Values, Field>> {
  return Object.fromEntries(fields.map((field) => [columnName(field), values[field]])) as ColumnsOf<
    Pick<Values, Field>
  >;
}

/** The field of a column: `employee_number` is in `employeeNumber`. */
export type FieldName<Column extends string> = Column extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<FieldName<Rest>>}`
  : Column;

/** A row with its columns called as fields. */
export type RecordOf<Row> = {
  [Column in keyof Row & string as FieldName<Column>]: Row[Column];
};

/** Renames all columns of a row to fields. */
export function recordOfRow<Row extends object>(row: Row): RecordOf<Row> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [fieldName(column), value]),
  ) as RecordOf<Row>;
}

function fieldName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Renames all fields of a record to columns. Each field that the record has at run time must be a column. */
export function rowOfRecord<Values extends object>(record: Values): ColumnsOf<Values> {
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [columnName(field), value]),
  ) as ColumnsOf<Values>;
}
