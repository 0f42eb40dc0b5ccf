import cluster from 'node:cluster';
import { createServer } from 'node:http';

/** What there is to lose: `node:http` in `node:cluster`, answering every request with the text in BODY. */
const { PORT, WORKERS, BODY = '' } = process.env;

if (cluster.isPrimary) {
  for (let n = 0; n < Number(WORKERS); n++) cluster.fork();
} else {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(BODY);
  });
  server.listen(Number(PORT), '127.0.0.1');
}
