import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type MessageId, useText } from "../../intl/messages.ts";
import { Button } from "../Button.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { csvOf, downloadCsv } from "./csv.ts";

interface CsvButtonProps {
  /** Without its extension. */
  readonly fileName: string;
  readonly titles: readonly MessageId[];
  readonly rows: () => Promise<readonly (readonly string[])[]>;
}

/** Downloads a list as CSV; the rows are fetched when the button is pressed. */
export function CsvButton({ fileName, titles, rows }: CsvButtonProps) {
  const text = useText();
  const download = useMutation({
    mutationFn: rows,
    onSuccess: (fetched) => downloadCsv(`${fileName}.csv`, csvOf([titles.map((id) => text(id)), ...fetched])),
  });
  return (
    <>
      <Button isPending={download.isPending} onPress={() => download.mutate()}>
        {!download.isPending && <Download className="size-4" aria-hidden />}
        {text("action.downloadCsv")}
      </Button>
      {download.isError && <ProblemNotice error={download.error} className="basis-full" />}
    </>
  );
}
