import type { ColumnType } from "kysely";

/** A JSON column: written as text, read as a value. */
export type Json<T> = ColumnType<T, string, string>;
export type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
