const key = (entityId: string) => `selection ${entityId}`;

/** The selection of this tab that is not confirmed yet: a reload or Back keeps it. Ids only, never names. */
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
    // Storage may be blocked or full; the selection then lasts as long as the page.
  }
}
