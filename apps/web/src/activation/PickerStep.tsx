import { WorkerPicker } from "../choices/WorkerPicker.tsx";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import type { ScreenProps } from "./screen.ts";

/** Selects people for selective mode; a preview follows. */
export function PickerStep({ entity, onGo }: ScreenProps) {
  const text = useText();
  return (
    <WorkerPicker
      entityId={entity.id}
      isPreselected={({ choice }) => choice === "selected"}
      back={<Button onPress={() => onGo(undefined)}>{text("wizard.back")}</Button>}
      onPreview={(previewId) => onGo("review", previewId)}
    />
  );
}
