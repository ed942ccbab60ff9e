import type { Issue } from "@payflip/contract/issues.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

/** Takes a warning off the list because it is right as it is, or says that a match is the same person. */
export function AcceptIssue({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const queryClient = useQueryClient();
  const accept = useMutation({
    mutationFn: () => request<Issue>("POST", `/issues/${issue.id}/acceptance`, {}),
    onSuccess: async () => {
      announce(text("issues.accepted"));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["issues", issue.entityId] }),
        queryClient.invalidateQueries({ queryKey: ["connection", issue.entityId] }),
      ]);
    },
  });
  return (
    <>
      <Button isPending={accept.isPending} onPress={() => accept.mutate()}>
        {text(issue.code === "AMBIGUOUS_MATCH" ? "issues.acceptMatch" : "issues.accept")}
        <span className="sr-only">{issue.employeeName ?? issue.employeeNumber}</span>
      </Button>
      {accept.isError && <ProblemNotice error={accept.error} />}
    </>
  );
}
