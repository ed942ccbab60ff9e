import type { SimulatedClock } from "../state/clock.ts";
import { type Employer, type RawWorker, shownWorker } from "../state/employer.ts";
import type { Cursor, CursorCodec } from "./cursor.ts";

/** One page of workers, in the form of the contract. */
export interface WorkerPage {
  readonly items: readonly RawWorker[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly snapshotAt: string;
}

/** A page together with what a fault needs to tell lies about it. */
export interface ListedPage {
  readonly page: WorkerPage;
  readonly pageNumber: number;
  /** The people of the page before; empty on page one. */
  previousItems(): readonly RawWorker[];
  /** A cursor that leads to this very page again. */
  sameCursor(): string;
  /** The first page of a listing that says it has half its people, and on later pages keeps to it. */
  halved(): WorkerPage;
}

export interface ListingSource {
  readonly employer: Employer;
  readonly clock: SimulatedClock;
  readonly codec: CursorCodec;
  readonly limit: number;
}

/** The page after the cursor, or the first one. The list is live: edits between pages show up. */
export function listPage(source: ListingSource, cursor: Cursor | null): ListedPage {
  const { employer, clock, codec, limit } = source;
  const today = clock.today();
  const start = cursor ?? firstCursor(source, today);
  const shown = (ids: readonly string[]) => ids.map((id) => shownWorker(employer.worker(id), today));
  const pageFrom = (from: Cursor): WorkerPage => {
    const left = from.stopAfter === undefined ? limit : Math.max(0, from.stopAfter - from.served);
    const { ids, more } = employer.visibleAfter(from.after, Math.min(limit, left), today);
    const served = from.served + ids.length;
    const ends = !more || (from.stopAfter !== undefined && served >= from.stopAfter);
    const next = {
      ...from,
      after: ids.at(-1) ?? from.after,
      page: from.page + 1,
      served,
      issuedAtMs: clock.nowMs(),
    };
    return {
      items: shown(ids),
      nextCursor: ends ? null : codec.write(next),
      total: from.total,
      snapshotAt: from.snapshotAt,
    };
  };
  return {
    page: pageFrom(start),
    pageNumber: start.page,
    previousItems: () => (start.page === 1 ? [] : shown(employer.visibleUpTo(start.after, limit, today))),
    sameCursor: () => codec.write({ ...start, issuedAtMs: clock.nowMs() }),
    halved: () => {
      const half = Math.floor(start.total / 2);
      return pageFrom({ ...start, total: half, stopAfter: half });
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
