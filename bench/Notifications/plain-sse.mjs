// The plain server to compare with: Server-Sent Events in Node without a framework, one Redis subscription, each event to the
// streams of its job. No snapshot, no resumption, no database. Usage: node plain-sse.mjs <port> <redis port> <redis password>
import { createServer } from 'node:http';
import { connect } from 'node:net';

const [port, redisPort, redisPassword] = process.argv.slice(2);
const streams = new Map(); // Job id to the responses that follow it.

createServer((request, response) => {
  const jobId = new URL(request.url, 'http://localhost').searchParams.get('jobId');
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
  response.write('retry: 2000\n\n');
  const own = streams.get(jobId) ?? new Set();
  streams.set(jobId, own.add(response));
  request.on('close', () => {
    own.delete(response);
    if (own.size === 0) {
      streams.delete(jobId);
    }
  });
}).listen({ port, host: '127.0.0.1', backlog: 4096 });

setInterval(() => {
  for (const own of streams.values()) {
    for (const response of own) {
      response.write(':\n\n');
    }
  }
}, 15_000);

function tell(message) {
  for (const line of message.split('\n')) {
    if (line) {
      const event = JSON.parse(line);
      const text = `event: ${event.name}\nid: ${event.seq}\ndata: ${JSON.stringify(event.data)}\n\n`;
      streams.get(event.jobId)?.forEach((response) => response.write(text));
    }
  }
}

const redis = connect(Number(redisPort), '127.0.0.1');
const command = (...parts) => redis.write(`*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
if (redisPassword) {
  command('AUTH', redisPassword);
}
command('SUBSCRIBE', 'jobs:events');

// The messages are arrays of bulk strings: "message", the channel, the text.
let pending = Buffer.alloc(0);
redis.on('data', (chunk) => {
  pending = Buffer.concat([pending, chunk]);
  for (let head; (head = pending.indexOf('$11\r\njobs:events\r\n$')) >= 0; ) {
    const lengthAt = head + '$11\r\njobs:events\r\n$'.length;
    const lengthEnd = pending.indexOf('\r\n', lengthAt);
    const end = lengthEnd + 2 + Number(pending.subarray(lengthAt, lengthEnd));
    if (lengthEnd < 0 || pending.length < end) {
      return;
    }
    tell(pending.subarray(lengthEnd + 2, end).toString());
    pending = pending.subarray(end);
  }
});
