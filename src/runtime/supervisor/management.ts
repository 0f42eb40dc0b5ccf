import { createServer, type Server, type ServerResponse } from 'node:http';
import { askWorker } from './ask-worker.js';
import { type Metric, metricsPage } from './metrics-page.js';
import type { Picture } from './picture.js';

const causes = ['crash', 'hang', 'recycle', 'memory', 'reload', 'stop'] as const;

/** ok: as many workers as there should be are ready · degraded: some · down: none. */
export function clusterStatus(ready: number, wanted: number): 'ok' | 'degraded' | 'down' {
  if (ready === 0) return 'down';
  return ready < wanted ? 'degraded' : 'ok';
}

function ownMetrics(picture: Picture, wanted: number): Metric[] {
  const gauge = (name: string, help: string, values: Metric['values']): Metric => ({
    name,
    help,
    type: 'gauge',
    values,
  });
  const up = [
    ...picture.workers.map(({ slot }) => ({ value: 1, labels: { worker: slot } })),
    ...picture.silent.map((slot) => ({ value: 0, labels: { worker: slot } })),
  ];
  return [
    gauge('worker_up', 'Whether the worker in this slot answers', up),
    gauge('workers_ready', 'Workers that are ready', [{ value: picture.ready.length }]),
    gauge('workers_wanted', 'Workers that there should be', [{ value: wanted }]),
    gauge('supervisor_resident_memory_bytes', 'Memory of the supervisor', [{ value: process.memoryUsage.rss() }]),
    {
      name: 'worker_restarts_total',
      help: 'Workers that ended, by cause, since the supervisor began',
      type: 'counter',
      values: causes.map((cause) => ({ value: picture.ended.get(cause) ?? 0, labels: { cause } })),
    },
  ];
}

async function metrics(picture: Picture, wanted: number): Promise<string> {
  const pages = await Promise.all(
    picture.workers.map(async ({ slot, socket }): Promise<[number, Metric[]] | null> => {
      try {
        return [slot, JSON.parse((await askWorker(socket.path, '/metrics')).body)];
      } catch {
        return null;
      }
    }),
  );
  return metricsPage(new Map(pages.filter((page) => page !== null)), ownMetrics(picture, wanted));
}

/**
 * The port for operators: `/workers`, `/metrics`, and of the whole cluster `/readyz` and `/livez`. Not for the public, and
 * nothing depends on it.
 * @param wanted how many workers there should be
 */
export function management(picture: Picture, wanted: () => number): Server {
  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  return createServer(async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const ready = picture.ready.length;
    const status = clusterStatus(ready, wanted());
    switch (request.url?.split('?')[0]) {
      case '/livez':
        return json(response, 200, { status: 'ok' });
      case '/readyz':
        return json(response, status === 'down' ? 503 : 200, { status, ready, wanted: wanted() });
      case '/workers': {
        const workers = picture.workers.map(({ socket, ...report }) => report);
        return json(response, 200, { status, wanted: wanted(), workers, silent: picture.silent });
      }
      case '/metrics':
        return response
          .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
          .end(await metrics(picture, wanted()));
      default:
        return json(response, 404, { paths: ['/livez', '/metrics', '/readyz', '/workers'] });
    }
  });
}
