import { made } from './app.mjs';

/** Watt makes it listen. */
export async function create() {
  const app = await made();
  await app.init();
  return app.getHttpAdapter().getInstance();
}
