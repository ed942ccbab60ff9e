import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { operationsPageSize, operationsQuery } from "../api/decision-queries.ts";
import { Pager } from "../ui/lists/Pager.tsx";

/** The operations of a preview, page by page: of one group, or of all groups (null). */
export function useOperations(previewId: string, bucket: PreviewOperation["bucket"] | null) {
  const [{ page, cursor }, setPlace] = useState<{ page: number; cursor: string | undefined }>({
    page: 1,
    cursor: undefined,
  });
  const { data, error, isPlaceholderData } = useQuery(operationsQuery(previewId, bucket, cursor));
  const pager = (
    <Pager
      page={page}
      pageSize={operationsPageSize}
      total={data?.total}
      nextCursor={data?.nextCursor}
      onPage={(number, next) => setPlace({ page: number, cursor: next })}
    />
  );
  return { data, error, isStale: isPlaceholderData, pager };
}
