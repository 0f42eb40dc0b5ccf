import { Controller, Headers, type MessageEvent, Sse } from '@nestjs/common';
import { concatMap, from, map, merge, type Observable, timer } from 'rxjs';
import { TodosStore } from './todos.store.js';

const lookEveryMs = 250;
/** nginx cuts what is silent for longer than its `proxy_read_timeout`. */
const signOfLifeEveryMs = 10_000;

@Controller('events')
export class EventsController {
  constructor(private readonly store: TodosStore) {}

  /** What happens to the todos, in whichever worker; a reader that comes back goes on where it left off. */
  @Sse()
  events(@Headers('last-event-id') last?: string): Observable<MessageEvent> {
    let seen = last === undefined ? this.store.lastChange() : Number(last) || 0;
    const changes = timer(0, lookEveryMs).pipe(
      concatMap(() => from(this.store.changesAfter(seen))),
      map(({ id, ...data }) => {
        seen = id;
        return { id: String(id), type: 'todo', data };
      }),
    );
    const signs = timer(signOfLifeEveryMs, signOfLifeEveryMs).pipe(map(() => ({ comment: 'still here' })));
    return merge(changes, signs) as Observable<MessageEvent>;
  }
}
