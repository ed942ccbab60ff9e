import { type RawBuilder, sql } from "kysely";
import { bytesArray, jsonArray, plainArray, textArray } from "./column-arrays.ts";

/** One column of a batch of rows. Its values are one array parameter, whatever the number of rows. */
export interface BatchColumn<Row> {
  name: string;
  /** The array as SQL, with its type. */
  arrayOf: (rows: readonly Row[]) => RawBuilder<unknown>;
}

type TextType = "text" | "uuid" | "date" | "numeric";

export function textColumn<Row>(
  name: string,
  type: TextType,
  valueOf: (row: Row) => string | null,
): BatchColumn<Row> {
  return { name, arrayOf: (rows) => sql`${textArray(rows.map(valueOf))}::${sql.raw(type)}[]` };
}

export function plainColumn<Row>(
  name: string,
  type: "int" | "boolean",
  valueOf: (row: Row) => number | boolean,
): BatchColumn<Row> {
  return { name, arrayOf: (rows) => sql`${plainArray(rows.map(valueOf))}::${sql.raw(type)}[]` };
}

export function bytesColumn<Row>(name: string, valueOf: (row: Row) => Buffer): BatchColumn<Row> {
  return { name, arrayOf: (rows) => sql`${bytesArray(rows.map(valueOf))}::bytea[]` };
}

/** The values are texts made by `JSON.stringify`. */
export function jsonColumn<Row>(name: string, valueOf: (row: Row) => string): BatchColumn<Row> {
  return { name, arrayOf: (rows) => sql`${jsonArray(rows.map(valueOf))}::json[]` };
}

/** The rows as a table `i` of a statement. */
export function batchRows<Row>(
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
): RawBuilder<unknown> {
  return sql`unnest(${sql.join(columns.map((column) => column.arrayOf(rows)))}) as i(${columnNames(columns)})`;
}

/** `a, b`: what an insert of the rows names. */
export function columnNames(columns: readonly BatchColumn<never>[]): RawBuilder<unknown> {
  return sql.raw(columns.map(({ name }) => name).join(", "));
}

/** `a = i.a, b = i.b`: what an update from the rows sets. */
export function assignments(columns: readonly BatchColumn<never>[]): RawBuilder<unknown> {
  return sql.raw(columns.map(({ name }) => `${name} = i.${name}`).join(", "));
}
