import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";

/** How many statements are prepared. A connection keeps a plan of each; a text that differs at each call gains nothing by it. */
const namesMax = 500;

/** PostgreSQL's error when a migration changed the result columns of a prepared statement. */
const resultChanged = "0A000";

/**
 * The pool, with each statement that has parameters prepared: a connection parses and plans it once, not at each call. Planning
 * is a third of what the night of a small customer costs the database.
 */
export function preparedPool(pool: pg.Pool): PostgresPool {
  const names = statementNames();
  const known = new WeakMap<pg.PoolClient, PreparedClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const prepared = known.get(client) ?? new PreparedClient(client, names);
      known.set(client, prepared);
      return prepared;
    },
  };
}

interface StatementNames {
  /** @returns the text's name on every connection; undefined when there are too many already */
  nameOf(text: string): string | undefined;
  /** Gives every text a new name: connections prepare all statements again. */
  forget(): void;
}

function statementNames(): StatementNames {
  const names = new Map<string, string>();
  let age = 0;
  return {
    nameOf: (text) => {
      const known = names.get(text);
      if (known !== undefined || names.size >= namesMax) return known;
      const name = `s${age}_${names.size}`;
      names.set(text, name);
      return name;
    },
    forget: () => {
      age += 1;
      names.clear();
    },
  };
}

class PreparedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  /** In the interface: reads with a cursor, which this pool is not configured for. */
  query(): never;
  async query(text = "", parameters: readonly unknown[] = []): Promise<unknown> {
    const values = [...parameters];
    const name = values.length === 0 ? undefined : this.#names.nameOf(text);
    if (name === undefined) return await this.#client.query(text, values);
    try {
      return await this.#client.query({ name, text, values });
    } catch (error) {
      // This transaction fails; the next one prepares the statements again.
      if (error instanceof Error && "code" in error && error.code === resultChanged) this.#names.forget();
      throw error;
    }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
