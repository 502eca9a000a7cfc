// Is called back once, and judges the call with the npm package "standardwebhooks": port, the caller's secret, another's secret.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const [port, secret, othersSecret] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const { jobId, status } = new Webhook(secret).verify(body, request.headers);
  console.log(`verified ${jobId} ${status}`);
  try {
    new Webhook(othersSecret).verify(body, request.headers);
  } catch {
    console.log('not with another secret');
  }

  response.writeHead(204, { connection: 'close' }).end();
  server.close();
});
server.listen(Number(port), '127.0.0.1');
