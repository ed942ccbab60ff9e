import { useEffect, useState } from "react";

const debounceMs = 250;

/**
 * What is being typed in a search box whose text stands in the address: sent when the typing rests, and followed when
 * the address changes by other means (Back, "show everybody").
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
