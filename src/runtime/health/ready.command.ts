// The container's health check: exits 0 when a worker answers that it is ready.
import { get } from 'node:http';

const tries = 3;
const tryTimeoutMs = 1_200;

/** One question on a connection of its own: whichever worker accepts it answers for itself alone. */
function ready(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      { port: process.env.PORT || 3000, path: '/readyz', agent: false, timeout: tryTimeoutMs },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

// A worker that drains or has just crashed must not condemn the ones beside it.
for (let i = 0; i < tries; i++) if (await ready()) process.exit(0);
process.exit(1);
