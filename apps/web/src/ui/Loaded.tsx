import type { ReactNode } from "react";
import { hasStatus } from "../api/problem.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "./Button.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { SkeletonBlock } from "./Skeleton.tsx";

/** The parts of a query's result that decide what a page shows. */
export interface Loading<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface LoadedProps<Data> {
  readonly query: Loading<Data>;
  readonly lines?: number;
  /** What a screen reader reads while it loads. */
  readonly label?: string;
  readonly children: (data: Data) => ReactNode;
}

/** The data of a query once it is there; before, a skeleton, "not found" or the problem. */
export function Loaded<Data>({ query, lines = 4, label, children }: LoadedProps<Data>) {
  const text = useText();
  if (query.data !== undefined) return children(query.data);
  if (hasStatus(query.error, 404)) return <NotFoundPage />;
  if (query.error) return <LoadProblem query={query} />;
  return <SkeletonBlock label={label ?? text("state.loading")} lines={lines} />;
}

interface LoadProblemProps {
  readonly query: Pick<Loading<unknown>, "error" | "refetch">;
  /** Actions before "Try again". */
  readonly actions?: ReactNode;
}

/** Why something could not be loaded, and the button that tries again. */
export function LoadProblem({ query: { error, refetch }, actions }: LoadProblemProps) {
  const text = useText();
  return (
    <ProblemNotice
      error={error}
      actions={
        <>
          {actions}
          <Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>
        </>
      }
    />
  );
}
