const key = (entityId: string) => `selection ${entityId}`;

/** Who was selected in this tab and not confirmed yet, so that a reload or Back loses nothing. Ids only, never names. */
export function storedSelection(entityId: string): readonly string[] | undefined {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key(entityId)) ?? "null");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : undefined;
  } catch {
    return undefined;
  }
}

export function storeSelection(entityId: string, selected: ReadonlySet<string> | undefined): void {
  try {
    if (selected === undefined) sessionStorage.removeItem(key(entityId));
    else sessionStorage.setItem(key(entityId), JSON.stringify([...selected]));
  } catch {
    // Storage may be closed or full; the selection then lasts as long as the page.
  }
}
