import { now } from './payload.mjs';

// What a worker's handlers did: the work itself is nothing.
export class WorkLog {
  latencies = [];
  handled = 0;
  warmUp = 0;
  #began;

  // Seconds since the first job that counts started; zero before.
  get elapsed() {
    return this.#began === undefined ? 0 : (now() - this.#began) / 1e6;
  }

  clear() {
    this.latencies = [];
    this.handled = 0;
    this.#began = undefined;
  }

  handle(payload) {
    if (payload.sentAt > 0) {
      this.latencies.push((now() - payload.sentAt) / 1000);
    }
    if (++this.handled === this.warmUp + 1) {
      this.#began = now();
    }
  }
}
