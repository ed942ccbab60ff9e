import { CircleCheck, X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components/Toast";
import { useText } from "../intl/messages.ts";

const queue = new ToastQueue<string>({ maxVisibleToasts: 2 });
const shownMs = 6_000;

/** Announces a success. Errors are shown where they occur, with ProblemNotice. */
export function announce(message: string): void {
  queue.add(message, { timeout: shownMs });
}

export function Toasts() {
  const text = useText();
  return (
    <ToastRegion
      queue={queue}
      className="fixed bottom-4 left-1/2 z-50 flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col gap-2 outline-none"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="flex items-center gap-3 rounded-xl bg-ink py-2 pr-2 pl-4 text-sm text-canvas shadow-lg"
        >
          <CircleCheck className="size-4 shrink-0" aria-hidden />
          <ToastContent className="flex-1">
            <Text slot="title">{toast.content}</Text>
          </ToastContent>
          <Button slot="close" aria-label={text("action.close")} className="rounded-md p-1.5">
            <X className="size-4" aria-hidden />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
