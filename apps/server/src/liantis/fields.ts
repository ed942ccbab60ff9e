import type { Defect } from "../domain/records/worker.ts";
import { isCalendarDate } from "../domain/values/calendar-date.ts";

/** Reads single fields of one worker. Records what could not be read as a defect: our name of the field, without the value. */
export class FieldReader {
  readonly defects: Defect[] = [];
  /** The contract that is being read, or null while the person is. */
  contractId: string | null = null;

  defect(field: string): null {
    this.defects.push({ field, contractId: this.contractId });
    return null;
  }

  /** Trimmed, without control characters, never re-cased; blank is null; longer than the field's `lengthMax` is a defect. */
  text({ name, lengthMax }: { name: string; lengthMax: number }, value: unknown): string | null {
    if (value === null || value === undefined) return null;
    if (typeof value !== "string") return this.defect(name);
    const text = (needsCleaning(value) ? value.replaceAll(unprintable, "").toWellFormed() : value).trim();
    if (text === "") return null;
    return text.length > lengthMax ? this.defect(name) : text;
  }

  /** A decimal string of at most 9 digits before and 12 after the point; numbers are a wrong type (the contract says strings). */
  decimal({ name }: FieldOf<"decimal">, value: unknown): string | null {
    const text = this.text({ name, lengthMax: numberLengthMax }, value);
    if (text === null) return null;
    return sentDecimalPattern.test(text) ? text : this.defect(name);
  }

  /** A calendar date that exists, `YYYY-MM-DD`. */
  date({ name }: FieldOf<"date">, value: unknown): string | null {
    const text = this.text({ name, lengthMax: numberLengthMax }, value);
    if (text === null) return null;
    return isCalendarDate(text) ? text : this.defect(name);
  }

  /** A last day. null says that there is no end; a missing key, a blank or an unreadable date is `undefined`. */
  end(field: FieldOf<"date">, value: unknown): string | null | undefined {
    return value === null ? null : (this.date(field, value) ?? undefined);
  }
}

/** A field of the table of synchronised fields, of one kind. */
interface FieldOf<Kind extends string> {
  name: string;
  kind: Kind;
}

/** Longer than any number or date is. */
const numberLengthMax = 64;

/** Control characters, and the invisible ones that turn text around or hide in an address (zero-width space, BOM). */
const unprintable = /[\p{Cc}\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
/** The decimals of the interface; domain/values/decimal.ts reads the decimals that are stored. */
const sentDecimalPattern = /^-?\d{1,9}(?:\.\d{1,12})?$/;

/** Quickly finds the rare text that may have characters to remove; `unprintable` decides which. */
function needsCleaning(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || (unit >= 0x200b && unit <= 0x2069) || unit >= 0xd800)
      return true;
  }
  return false;
}
