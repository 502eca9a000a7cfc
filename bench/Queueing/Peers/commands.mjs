// The measuring inside a contender's process; Contenders/Commands.cs does the same in the same way.
import { setInterval, setTimeout } from 'node:timers/promises';
import { now, payload, sentNow } from './payload.mjs';
import { WorkLog } from './work-log.mjs';

const lookMilliseconds = 5;
const secondsSince = began => (now() - began) / 1e6;

export class Commands {
  #log = new WorkLog();
  #contender;

  async open(command) {
    const { connect } = await import(`./${command.contender}.mjs`);
    this.#contender = await connect(command);
    if (command.role === 'producer') {
      await this.#contender.setUp();
    }
    return {};
  }

  async produce({ callers, jobs, seconds }) {
    const latencies = [];
    const began = now();
    let number = 0;
    const call = async () => {
      while (secondsSince(began) < seconds && number < jobs) {
        const called = now();
        await this.#contender.enqueue(payload(++number));
        latencies.push((now() - called) / 1000);
      }
    };
    await Promise.all(Array.from({ length: callers }, call));
    return { jobs: latencies.length, seconds: secondsSince(began), latencies };
  }

  async batches({ size, jobs, seconds }) {
    const began = now();
    let made = 0;
    while (made < jobs && secondsSince(began) < seconds) {
      const length = Math.min(size, jobs - made);
      await this.#contender.enqueueBatch(Array.from({ length }, (_, index) => payload(made + index)));
      made += length;
    }
    return { jobs: made, seconds: secondsSince(began) };
  }

  async pace({ jobs, seconds }) {
    const calls = [];
    for await (const _ of setInterval(seconds * 1000)) {
      calls.push(this.#contender.enqueue(sentNow(calls.length)));
      if (calls.length === jobs) {
        break;
      }
    }
    await Promise.all(calls);
    return { jobs };
  }

  async work({ jobs }) {
    this.#log.warmUp = jobs;
    await this.#contender.work(data => this.#log.handle(data));
    return {};
  }

  async rest() {
    await this.#contender.rest();
    this.#log.clear();
    return {};
  }

  async drained({ jobs, seconds }) {
    // The store is asked only once the handlers are through: until then the asking would be a load on what is measured.
    while (this.#log.handled < jobs ? this.#log.elapsed < seconds : !(await this.#contender.isDrained())) {
      await setTimeout(lookMilliseconds);
    }
    return { jobs: this.#log.handled - this.#log.warmUp, seconds: this.#log.elapsed };
  }

  async handled() {
    return { jobs: this.#log.handled, seconds: now() / 1e6 };
  }

  async latencies({ jobs, seconds }) {
    const began = now();
    while (this.#log.latencies.length < jobs) {
      if (secondsSince(began) > seconds) {
        throw new Error(`Of ${jobs} jobs, ${this.#log.latencies.length} were picked up.`);
      }
      await setTimeout(lookMilliseconds);
    }
    return { latencies: this.#log.latencies };
  }
}
