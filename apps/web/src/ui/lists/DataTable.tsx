import type { ReactNode } from "react";
import { classes } from "../classes.ts";
import { Skeleton } from "../Skeleton.tsx";

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** On a narrow screen the cell takes the whole width, below its title. */
  readonly wide?: boolean;
  readonly numeric?: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  /** The first column is the heading of its row. */
  readonly columns: readonly Column<Row>[];
  /** Undefined while loading. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly isStale?: boolean;
  readonly skeletonRows?: number;
}

/** A table that becomes a stack of cards under 640 px. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, isStale = false, skeletonRows = 8 } = props;
  return (
    <div className="card overflow-x-clip">
      <table
        aria-label={label}
        aria-busy={rows === undefined || isStale}
        className={classes(
          "stacked-table w-full text-left text-sm transition-opacity",
          isStale && "opacity-60",
        )}
      >
        <thead className="border-b border-line text-quiet">
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classes(
                  "px-3 py-2.5 font-medium first:pl-5 last:pr-5",
                  column.numeric && "text-right",
                )}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows === undefined
            ? Array.from({ length: skeletonRows }, (_, row) => (
                <SkeletonRow key={row} columns={columns.length} />
              ))
            : rows.map((row) => <DataRow key={rowKey(row)} row={row} columns={columns} />)}
        </tbody>
      </table>
    </div>
  );
}

function DataRow<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly Column<Row>[] }) {
  const [first, ...others] = columns;
  return (
    <tr className="hover:bg-sunken/60">
      {first && (
        <th scope="row" className="px-3 py-2.5 font-normal sm:pl-5">
          {first.cell(row)}
        </th>
      )}
      {others.map((column) => (
        <td
          key={column.id}
          data-label={column.title}
          data-wide={column.wide}
          className={classes("px-3 py-2.5 sm:last:pr-5", column.numeric && "sm:text-right tabular-nums")}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function SkeletonRow({ columns }: { readonly columns: number }) {
  return (
    <tr>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column} className="px-3 py-3.5 sm:first:pl-5">
          <Skeleton className={column === 0 ? "h-4 w-36" : "h-4 w-20"} />
        </td>
      ))}
    </tr>
  );
}
