import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { VALUES, type Values } from './config.js';

export interface Todo {
  id: number;
  title: string;
  done: boolean;
}

/** One todo was made or changed; numbered, so that a reader can go on where it left off. */
export interface Change {
  id: number;
  todo: number;
  what: 'made' | 'changed';
}

const schema = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma busy_timeout = 2000;
  create table if not exists todo (id integer primary key, title text not null, done integer not null default 0);
  create table if not exists change (id integer primary key autoincrement, todo integer not null, what text not null);
  create table if not exists job (name text primary key, last integer not null);
`;

type Row = Record<string, string | number>;
const asTodo = (row: Row): Todo => ({ id: Number(row.id), title: String(row.title), done: row.done === 1 });

/** The todos, in one file that all workers share. */
@Injectable()
export class TodosStore implements OnApplicationShutdown {
  readonly #db: DatabaseSync;

  constructor(@Inject(VALUES) values: Values) {
    mkdirSync(dirname(values.TODO_FILE), { recursive: true });
    this.#db = new DatabaseSync(values.TODO_FILE);
    this.#db.exec(schema);
  }

  onApplicationShutdown(): void {
    this.#db.close();
  }

  /** @throws Error when the file cannot be read */
  ping(): void {
    this.#db.prepare('select count(*) from job').get();
  }

  all(): Todo[] {
    return (this.#db.prepare('select * from todo order by id desc limit 100').all() as Row[]).map(asTodo);
  }

  find(id: number): Todo | null {
    const row = this.#db.prepare('select * from todo where id = ?').get(id) as Row | undefined;
    return row ? asTodo(row) : null;
  }

  make(title: string): Todo {
    return this.#both(
      () => this.#db.prepare('insert into todo (title) values (?) returning *').get(title) as Row,
      'made',
    ) as Todo;
  }

  /** @returns null when there is no such todo */
  change(id: number, { title, done }: Partial<Omit<Todo, 'id'>>): Todo | null {
    const set = 'update todo set title = coalesce(?, title), done = coalesce(?, done) where id = ? returning *';
    const flag = done === undefined ? null : Number(done);
    return this.#both(() => this.#db.prepare(set).get(title ?? null, flag, id) as Row | undefined, 'changed');
  }

  /** @returns what has happened since that change, the oldest first */
  changesAfter(id: number): Change[] {
    const rows = this.#db.prepare('select * from change where id > ? order by id limit 1000').all(id) as Row[];
    return rows.map((row) => ({ id: Number(row.id), todo: Number(row.todo), what: row.what as Change['what'] }));
  }

  lastChange(): number {
    return Number((this.#db.prepare('select max(id) as id from change').get() as Row).id ?? 0);
  }

  /** Removes what is done. @returns how many, or null when another worker has done this job at this time */
  purge(time: number): number | null {
    const claim =
      'insert into job values (?, ?) on conflict do update set last = excluded.last where last < excluded.last';
    if (this.#db.prepare(claim).run('purge', time).changes === 0) return null;
    return Number(this.#db.prepare('delete from todo where done = 1').run().changes);
  }

  #both(write: () => Row | undefined, what: Change['what']): Todo | null {
    this.#db.exec('begin immediate');
    try {
      const row = write();
      if (row) this.#db.prepare('insert into change (todo, what) values (?, ?)').run(row.id, what);
      this.#db.exec('commit');
      return row ? asTodo(row) : null;
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }
}
