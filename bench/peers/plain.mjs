import { made } from './app.mjs';

const app = await made();
await app.listen(process.env.PORT);
