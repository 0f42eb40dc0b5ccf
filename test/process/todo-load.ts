import { Agent, request } from 'node:http';
import { untilTheSpecEnds } from './program.js';

export const token = 'a-token-for-tests';

export interface Todo {
  id: number;
  title: string;
  done: boolean;
}

interface Reply {
  status: number;
  body: string;
}

/** @throws Error when there is no whole answer */
export function send(port: number, method: string, path: string, body?: object, agent: Agent | false = false) {
  return new Promise<Reply>((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) };
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent }, async (response) => {
      try {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, body: text });
      } catch (error) {
        reject(error);
      }
    }).on('error', reject);
    asked.end(body && JSON.stringify(body));
  });
}

/** Makes, changes and reads todos without pause, on as many kept connections as `clients`, until it is told to stop. */
export function writingLoad(port: number, clients: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const made: Todo[] = [];
  /** Those of them whose change was acknowledged. */
  const changed: Todo[] = [];
  const outcome = { answered: 0, shed: 0, lost: [] as string[], made, changed };
  let going = true;
  let n = 0;
  const ask = async (method: string, path: string, body?: object): Promise<Reply | null> => {
    try {
      const reply = await send(port, method, path, body, agent);
      if (reply.status < 300) outcome.answered++;
      else if (reply.status === 503 && reply.body.includes('/problems/overloaded')) outcome.shed++;
      else outcome.lost.push(`${method} ${reply.status} ${reply.body}`);
      return reply.status < 300 ? reply : null;
    } catch (error) {
      outcome.lost.push(`${method} ${(error as Error).message}`);
      return null;
    }
  };
  const client = async () => {
    while (going) {
      const reply = await ask('POST', '/api/todos', { title: `todo ${n++}` });
      if (!reply) continue;
      const todo: Todo = JSON.parse(reply.body);
      made.push(todo);
      await ask('GET', `/api/todos/${todo.id}`);
      if (await ask('PATCH', `/api/todos/${todo.id}`, { title: `${todo.title}, changed` })) changed.push(todo);
    }
  };
  const over = Promise.all(Array.from({ length: clients }, client));
  return untilTheSpecEnds({
    async stop() {
      going = false;
      await over;
      agent.destroy();
      return outcome;
    },
  });
}
