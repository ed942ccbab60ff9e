import { useEffect, useState } from "react";

const debounceMs = 250;

/**
 * The text of a search box that is kept in the address: sent after a pause in typing, and replaced when the address
 * changes by other means (Back, "Show everyone").
 */
export function useTypedSearch(q: string, onSend: (q: string | undefined) => void) {
  const [typed, setTyped] = useState(q);
  const [shownFor, setShownFor] = useState(q);
  const [sent, setSent] = useState<string>();
  if (shownFor !== q) {
    setShownFor(q);
    setSent(undefined);
    if (sent !== q) setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(() => {
      setSent(typed.trim());
      onSend(typed.trim() || undefined);
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [typed, q, onSend]);
  return [typed, setTyped] as const;
}
