import type { RunStarted } from "@payflip/contract/connection.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { workerCountQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { Facts } from "../integration/Facts.tsx";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import type { ScreenProps } from "./screen.ts";

/** The exact number of people and what it means, before anything is written. */
export function ReviewStep({ entity, onGo }: ScreenProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const count = useQuery(workerCountQuery(entity.id));
  const confirm = useMutation({
    mutationFn: () =>
      request<RunStarted>("POST", `/entities/${entity.id}/liantis/confirmation`, { mode: "full" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["connection", entity.id] }),
  });
  const workers = count.data?.workers;
  return (
    <>
      <Section id="review" title={text("review.title")}>
        <Facts
          facts={[
            { label: text("field.entity"), value: entity.name },
            { label: text("field.mode"), value: text("mode.full") },
            {
              label: text("review.people"),
              value:
                workers === undefined ? (
                  <Skeleton className="h-5 w-40" />
                ) : (
                  <strong>{text("review.peopleCount", { count: workers })}</strong>
                ),
            },
          ]}
        />
        {count.error && (
          <ProblemNotice
            className="mt-4"
            error={count.error}
            actions={<Button onPress={() => void count.refetch()}>{text("action.tryAgain")}</Button>}
          />
        )}
      </Section>
      <Notice title={text("review.effect.title")}>
        <ul className="list-disc space-y-1 pl-4">
          <li>{text("review.effect.match")}</li>
          <li>{text("review.effect.noMail")}</li>
          <li>{text("review.effect.billing")}</li>
        </ul>
      </Notice>
      {confirm.isError && <ProblemNotice error={confirm.error} />}
      <div className="flex flex-wrap justify-between gap-2">
        <Button onPress={() => onGo(undefined)}>{text("wizard.back")}</Button>
        <Button
          look="primary"
          isDisabled={workers === undefined}
          isPending={confirm.isPending || confirm.isSuccess}
          onPress={() => confirm.mutate()}
        >
          {workers === undefined
            ? text("review.confirm.unknown")
            : text("review.confirm", { count: workers })}
        </Button>
      </div>
    </>
  );
}
