import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ApiProblem, ConnectionLost } from "../api/problem.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

/** A page that failed to render: the reason, if known, and a button that tries again. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const text = useText();
  const router = useRouter();
  const { reset: resetQueries } = useQueryErrorResetBoundary();
  const retry = () => {
    resetQueries();
    reset();
    void router.invalidate();
  };
  const actions = <Button onPress={retry}>{text("action.tryAgain")}</Button>;
  const isKnown = error instanceof ApiProblem || error instanceof ConnectionLost;
  return (
    <div className="mx-auto max-w-2xl px-4 py-16">
      {isKnown ? (
        <ProblemNotice error={error} actions={actions} />
      ) : (
        <Notice tone="danger" role="alert" title={text("error.title")} actions={actions}>
          <p>{text("error.body")}</p>
        </Notice>
      )}
    </div>
  );
}
