import type Driver from 'better-sqlite3-multiple-ciphers';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable, type ValueNode } from 'kysely';
import type { Schema } from './schema/schema.ts';

/**
 * Writes 0 and 1 of a condition into the SQL itself. SQLite takes an index `where cancelled = 0` only when it reads the 0: a bound one makes it
 * prepare the statement anew at every run, and hides the index from whoever looks at the plan.
 */
class QueryCompiler extends SqliteQueryCompiler {
  protected override visitValue(node: ValueNode): void {
    if (this.parentNode?.kind === 'BinaryOperationNode' && (node.value === 0 || node.value === 1)) this.append(String(node.value));
    else super.visitValue(node);
  }
}

/**
 * Kysely writes the SQL and keeps its types; the driver, which is synchronous, runs it. A transaction is then one plain function that
 * nothing can interleave with, and a hot statement is compiled once (see {@link prepare}) instead of at every call.
 */
export const sql = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new QueryCompiler(),
  },
});

/** Reads only: a query that would write is refused by the statement itself (`Statement.readonly`). */
export interface ReadHandle {
  all<Row>(query: Compilable<Row>): Row[];
  get<Row>(query: Compilable<Row>): Row | undefined;
  /** Rows one by one, for what is too large to hold. Do not write while it is open. */
  each<Row>(query: Compilable<Row>): IterableIterator<Row>;
  runPrepared<Row>(statement: string, parameters: readonly unknown[]): Row[];
}

/** A {@link ReadHandle} inside a transaction. It dies with the transaction. */
export interface WriteHandle extends ReadHandle {
  run(query: Compilable): { changes: number };
  writePrepared(statement: string, parameters: readonly unknown[]): { changes: number };
}

/** Kysely prepares anew for every query: three times the memory, twice the time. 256 statements cover the whole program. */
export class StatementCache {
  readonly #driver: Driver.Database;
  readonly #statements = new Map<string, Driver.Statement>();
  readonly #limit: number;

  constructor(driver: Driver.Database, limit = 256) {
    this.#driver = driver;
    this.#limit = limit;
  }

  statement(text: string): Driver.Statement {
    const known = this.#statements.get(text);
    if (known) {
      this.#statements.delete(text);
      this.#statements.set(text, known);
      return known;
    }
    const made = this.#driver.prepare(text);
    if (this.#statements.size >= this.#limit) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(text, made);
    return made;
  }

  clear(): void {
    this.#statements.clear();
  }
}

export class ReadConnection implements ReadHandle {
  protected readonly cache: StatementCache;

  constructor(cache: StatementCache) {
    this.cache = cache;
  }

  all<Row>(query: Compilable<Row>): Row[] {
    const { sql: statement, parameters } = query.compile();
    return this.runPrepared<Row>(statement, parameters);
  }

  get<Row>(query: Compilable<Row>): Row | undefined {
    const { sql: statement, parameters } = query.compile();
    return this.reading(statement).get(...parameters) as Row | undefined;
  }

  each<Row>(query: Compilable<Row>): IterableIterator<Row> {
    const { sql: statement, parameters } = query.compile();
    return this.reading(statement).iterate(...parameters) as IterableIterator<Row>;
  }

  runPrepared<Row>(statement: string, parameters: readonly unknown[]): Row[] {
    return this.reading(statement).all(...parameters) as Row[];
  }

  private reading(statement: string): Driver.Statement {
    const found = this.cache.statement(statement);
    if (!found.readonly) throw new Error(`a writing statement on a read handle: ${statement}`);
    return found;
  }
}

export class WriteConnection extends ReadConnection implements WriteHandle {
  run(query: Compilable): { changes: number } {
    const { sql: statement, parameters } = query.compile();
    return this.writePrepared(statement, parameters);
  }

  writePrepared(statement: string, parameters: readonly unknown[]): { changes: number } {
    return { changes: this.cache.statement(statement).run(...parameters).changes };
  }
}

class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Named<P> = <K extends keyof P & string>(name: K) => P[K];

interface Compiled {
  statement: string;
  bind(values: object): unknown[];
}

function compileOnce<P extends object, Row>(build: (parameter: Named<P>) => Compilable<Row>): () => Compiled {
  let compiled: Compiled | undefined;
  return () => {
    if (compiled) return compiled;
    const { sql: statement, parameters } = build(name => new Parameter(name) as unknown as P[typeof name]).compile();
    const slots = parameters.map(value => (value instanceof Parameter ? { name: value.name } : { value }));
    compiled = {
      statement,
      bind: values => slots.map(slot => ('name' in slot ? (values as Record<string, unknown>)[slot.name] : slot.value)),
    };
    return compiled;
  };
}

/**
 * A query compiled once and bound many times: `const marksOf = prepare<{ sheet: string }, …>(p => sql.selectFrom('mark')…where('sheet_id', '=', p('sheet')))`,
 * then `marksOf(db, { sheet })`. Every parameter must be a scalar.
 */
export function prepare<P extends object, Row>(build: (parameter: Named<P>) => Compilable<Row>): (db: ReadHandle, values: P) => Row[] {
  const compiled = compileOnce<P, Row>(build);
  return (db, values) => {
    const { statement, bind } = compiled();
    return db.runPrepared<Row>(statement, bind(values));
  };
}

/** {@link prepare} for an insert or update. */
export function prepareWrite<P extends object>(build: (parameter: Named<P>) => Compilable): (db: WriteHandle, values: P) => { changes: number } {
  const compiled = compileOnce<P, unknown>(build);
  return (db, values) => {
    const { statement, bind } = compiled();
    return db.writePrepared(statement, bind(values));
  };
}
