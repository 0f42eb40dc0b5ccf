import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

/** What became of a request. Lost: a connection error, a wrong or cut body, a 5xx that is no shedding. */
export type Verdict = 'good' | 'shed' | 'lost';

export interface Tally {
  sent: number;
  lost: number;
  shed: number;
  /** Of the lost those that write: nobody may repeat them, so a worker that is killed takes its own with it. */
  lostWrites: number;
  slowestMs: number;
  /** How often each kind of loss occurred. */
  losses: Record<string, number>;
}

export interface Question {
  path: string;
  headers?: Record<string, string>;
  /** With a body it is a POST of JSON. */
  body?: object;
}

export interface Answer {
  status: number;
  body: string;
}

/** A client's patience: longer than any limit of the stack. */
const PATIENCE_MS = 40_000;

/** One request on a connection of the agent, never repeated. @throws Error when there is no whole answer */
export function ask(origin: string, question: Question, agent: Agent | false, signal?: AbortSignal): Promise<Answer> {
  const type = question.body && { 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked: ClientRequest = request(
      `${origin}${question.path}`,
      { agent, headers: { ...question.headers, ...type }, method: question.body ? 'POST' : 'GET', signal },
      (response: IncomingMessage) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('close', () => {
          if (!response.complete) reject(new Error('the body was cut'));
          else resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() });
        });
      },
    );
    const timer = setTimeout(() => asked.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    asked.on('close', () => clearTimeout(timer));
    asked.on('error', reject);
    asked.end(question.body && JSON.stringify(question.body));
  });
}

/** Constant load: so many requests a second whatever becomes of those before, over keep-alive connections. */
export class Load {
  readonly tally: Tally = { sent: 0, lost: 0, shed: 0, lostWrites: 0, slowestMs: 0, losses: {} };
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'fifo' });
  readonly #open = new Set<Promise<void>>();
  readonly #origin: string;
  readonly #question: () => Question;
  readonly #judge: (answer: Answer) => Verdict;
  #timer: NodeJS.Timeout | undefined;

  /** @param question makes each request; every one is another URL, so that no cache answers for a worker */
  constructor(origin: string, question: () => Question, judge: (answer: Answer) => Verdict) {
    this.#origin = origin;
    this.#question = question;
    this.#judge = judge;
  }

  start(perSecond: number): void {
    const began = performance.now();
    let due = 0;
    // Catches up when the timer was late, so that the rate is the rate.
    this.#timer = setInterval(() => {
      const until = ((performance.now() - began) * perSecond) / 1000;
      for (; due < until; due++) this.send();
    }, 5);
  }

  send(question = this.#question()): void {
    const one = this.#one(question).finally(() => this.#open.delete(one));
    this.#open.add(one);
  }

  async #one(question: Question): Promise<void> {
    const began = performance.now();
    this.tally.sent += 1;
    try {
      const answer = await ask(this.#origin, question, this.#agent);
      const verdict = this.#judge(answer);
      if (verdict === 'shed') this.tally.shed += 1;
      if (verdict === 'lost') this.#lose(`status ${answer.status}`, question);
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      this.#lose(code ?? message, question);
    }
    this.tally.slowestMs = Math.max(this.tally.slowestMs, performance.now() - began);
  }

  #lose(how: string, { body }: Question): void {
    const kind = body ? `POST ${how}` : how;
    this.tally.lost += 1;
    if (body) this.tally.lostWrites += 1;
    this.tally.losses[kind] = (this.tally.losses[kind] ?? 0) + 1;
  }

  /** No more requests; resolves when the last answer is there. */
  async stop(): Promise<Tally> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    this.#agent.destroy();
    return this.tally;
  }
}
