import type { ReactNode } from "react";
import { type Loading, LoadProblem } from "../Loaded.tsx";
import { type Column, DataTable } from "./DataTable.tsx";
import { Pager } from "./Pager.tsx";

interface ServerPage<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** The page of a list as it is kept in the address; both are undefined for the first page. */
interface PagePlace {
  readonly cursor: string | undefined;
  readonly page: string | undefined;
}

interface PagedTableProps<Row> {
  readonly label: string;
  readonly query: Loading<ServerPage<Row>> & { readonly isPlaceholderData: boolean };
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly pageSize: number;
  readonly page: string | undefined;
  readonly onPage: (place: PagePlace) => void;
  /** What is shown when there is no row. */
  readonly empty: ReactNode;
  readonly skeletonRows?: number;
}

/** A list that the server pages: its table and pager, or why there are no rows. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { label, query, columns, rowKey, pageSize, page, onPage, empty, skeletonRows = 8 } = props;
  const { data, error, isPlaceholderData } = query;
  if (error) return <LoadProblem query={query} />;
  if (data?.items.length === 0) return empty;
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={data?.items}
        rowKey={rowKey}
        isStale={isPlaceholderData}
        skeletonRows={skeletonRows}
      />
      <Pager
        page={Number(page ?? 1)}
        pageSize={pageSize}
        total={data?.total}
        nextCursor={data?.nextCursor}
        onPage={(number, cursor) => onPage({ cursor, page: number > 1 ? String(number) : undefined })}
      />
    </>
  );
}

interface TotalProps {
  readonly query: { readonly isPlaceholderData: boolean; readonly data: { total: number } | undefined };
  readonly text: (total: number) => string;
}

/** How many rows there are, read aloud when it changes. */
export function Total({ query: { data, isPlaceholderData }, text }: TotalProps) {
  return (
    <output className="mb-2 block min-h-5 text-sm text-quiet">
      {data && !isPlaceholderData && text(data.total)}
    </output>
  );
}
