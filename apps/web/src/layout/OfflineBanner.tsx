import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useText } from "../intl/messages.ts";

export function OfflineBanner() {
  const text = useText();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <output className="block">
      {!isOnline && (
        <span className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-2 text-sm text-warning-ink">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          {text("layout.offline")}
        </span>
      )}
    </output>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
