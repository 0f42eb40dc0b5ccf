/// <reference lib="webworker" />
/**
 * Answers out of what a visitor asked to keep when the network does not. Files whose address never changes its content come
 * from there first; all else is asked for, and taken from there when nobody answers.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const KEPT = 'kept';

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

const everlasting = /^\/(assets|v1\/map\/[^/]+)\//;

async function keptAnswer(request: Request): Promise<Response | undefined> {
  const kept = await caches.open(KEPT);
  // Any address of the page is the same page; what it shows is asked for by its own requests.
  return kept.match(request.mode === 'navigate' ? '/' : request, { ignoreVary: true });
}

async function answer(request: Request): Promise<Response> {
  if (everlasting.test(new URL(request.url).pathname)) return (await keptAnswer(request)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await keptAnswer(request);
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === worker.location.origin)
    event.respondWith(answer(request));
});
