import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";

/** Texts that have a name at most: a connection keeps a plan of each, and what is put together anew at every call is no use to it. */
const namesMax = 500;

/** What PostgreSQL answers when the columns of a prepared statement's result are others than they were: a migration went by. */
const resultChanged = "0A000";

/**
 * The pool, with every statement that has values prepared: a connection reads and plans it once, not each time. Planning is a third
 * of what a small firm's night costs the database.
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
  of(text: string): string | undefined;
  /** No connection finds again what it has prepared until now. */
  forget(): void;
}

function statementNames(): StatementNames {
  const names = new Map<string, string>();
  let age = 0;
  return {
    of: (text) => {
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
  /** A cursor, in the interface; nothing here is configured to ask for one. */
  query(): never;
  async query(text = "", parameters: readonly unknown[] = []): Promise<unknown> {
    const values = [...parameters];
    const name = values.length === 0 ? undefined : this.#names.of(text);
    if (name === undefined) return await this.#client.query(text, values);
    try {
      return await this.#client.query({ name, text, values });
    } catch (error) {
      // The transaction is lost; the one that is begun again finds the statements as they are now.
      if (error instanceof Error && "code" in error && error.code === resultChanged) this.#names.forget();
      throw error;
    }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
