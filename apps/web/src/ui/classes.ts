/** Joins class names and leaves out what is not set. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

export const inputClass =
  "w-full rounded-lg border border-edge bg-surface px-3 py-1.5 min-h-9 text-ink placeholder:text-quiet data-[invalid]:border-danger-ink read-only:bg-sunken read-only:border-line";
export const labelClass = "text-sm font-medium";
export const hintClass = "text-sm text-quiet";
