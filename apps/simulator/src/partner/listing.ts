import type { SimulatedClock } from "../state/clock.ts";
import { type Employer, type RawWorker, shownWorker } from "../state/employer.ts";
import type { Cursor, CursorCodec } from "./cursor.ts";

/** One page of workers, as in the contract. */
export interface WorkerPage {
  readonly items: readonly RawWorker[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly snapshotAt: string;
}

/** A page, with what faults need to change it. */
export interface ListedPage {
  readonly page: WorkerPage;
  readonly pageNumber: number;
  /** The items of the previous page; empty on page one. */
  previousItems(): readonly RawWorker[];
  /** A cursor that leads to this page again. */
  sameCursor(): string;
  /** The first page of a listing with half of its people. Its cursor keeps the later pages consistent with it. */
  halved(): WorkerPage;
}

export interface ListingSource {
  readonly employer: Employer;
  readonly clock: SimulatedClock;
  readonly codec: CursorCodec;
  readonly limit: number;
}

/** The page after the cursor, or the first page. The list is live: edits between two pages are visible. */
export function listPage(source: ListingSource, cursor: Cursor | null): ListedPage {
  const { employer, clock, codec, limit } = source;
  const today = clock.today();
  const start = cursor ?? firstCursor(source, today);
  const shown = (ids: readonly string[]) => ids.map((id) => shownWorker(employer.worker(id), today));
  const readPage = (position: Cursor): WorkerPage => {
    const left = position.stopAfter === undefined ? limit : Math.max(0, position.stopAfter - position.served);
    const { ids, more } = employer.visibleAfter(position.after, Math.min(limit, left), today);
    const served = position.served + ids.length;
    const ends = !more || (position.stopAfter !== undefined && served >= position.stopAfter);
    const next = {
      ...position,
      after: ids.at(-1) ?? position.after,
      page: position.page + 1,
      served,
      issuedAtMs: clock.nowMs(),
    };
    return {
      items: shown(ids),
      nextCursor: ends ? null : codec.write(next),
      total: position.total,
      snapshotAt: position.snapshotAt,
    };
  };
  return {
    page: readPage(start),
    pageNumber: start.page,
    previousItems: () => (start.page === 1 ? [] : shown(employer.visibleUpTo(start.after, limit, today))),
    sameCursor: () => codec.write({ ...start, issuedAtMs: clock.nowMs() }),
    halved: () => {
      const half = Math.floor(start.total / 2);
      return readPage({ ...start, total: half, stopAfter: half });
    },
  };
}

function firstCursor({ employer, clock }: ListingSource, today: string): Cursor {
  return {
    employer: employer.enterpriseNumber,
    after: "",
    page: 1,
    served: 0,
    total: employer.visibleCount(today),
    snapshotAt: clock.nowText(),
    issuedAtMs: clock.nowMs(),
  };
}
