import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { useConnectionSwitch } from "./useConnectionSwitch.ts";

interface SwitchOnProps {
  readonly entityId: string;
  readonly label: string;
}

/** The server asks Liantis first: without an answer a paused connection stays paused, and the notice says so. */
export function SwitchOn({ entityId, label }: SwitchOnProps) {
  const enable = useConnectionSwitch(entityId, "enable");
  return (
    <>
      <Button look="primary" isPending={enable.isPending} onPress={() => enable.mutate()}>
        {label}
      </Button>
      {enable.isError && <ProblemNotice error={enable.error} className="basis-full" />}
    </>
  );
}
