// Follows a stream with the npm package "eventsource": every event on a line of its own, then how it ended.
import { EventSource } from 'eventsource';

const source = new EventSource(process.argv[2]);
const stayAlive = setInterval(() => {}, 60_000); // Its own timers let the process end while it waits to come back.
for (const name of ['connected', 'waiting', 'active', 'progress', 'delta', 'retrying', 'gap', 'completed', 'failed', 'cancelled']) {
  source.addEventListener(name, ({ lastEventId }) => console.log(`${name}#${lastEventId}`));
}

source.addEventListener('error', ({ code }) => {
  if (source.readyState === EventSource.CLOSED) {
    console.log(`closed ${code}`);
    clearInterval(stayAlive);
  }
});
