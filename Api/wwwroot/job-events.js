/**
 * Follows background jobs: by their event stream, and where something on the way holds that back, by polling.
 *
 *     import { followJob } from './job-events.js';
 *
 *     for await (const event of followJob(receipt, { headers: { 'user-id': 'ada' } })) {
 *       console.log(event.name, event.data);
 *     }
 *
 * It comes back by itself after whatever breaks a connection, with the id of the last event, so that nothing is missed or told
 * twice. No dependencies; runs in browsers, Node and Deno.
 *
 * @module
 */
import { EventStream } from './job-events/event-stream.js';
import { Following } from './job-events/following.js';
import { Pauses } from './job-events/pauses.js';
import { statusOfAll, statusOfOne } from './job-events/polling.js';
import { sender } from './job-events/requests.js';
import { AllJobs, OneJob } from './job-events/stories.js';

export { JobEventsError } from './job-events/answers.js';

/** @typedef {import('./job-events/following.js').JobEvent} JobEvent */
/** @typedef {import('./job-events/following.js').ConnectionChange} ConnectionChange */
/** @typedef {import('./job-events/job-view.js').JobStatus} JobStatus */
/** @typedef {import('./job-events/job-view.js').JobView} JobView */
/** @typedef {import('./job-events/job-text.js').JobText} JobText */

/**
 * @typedef {object} FollowOptions
 * @property {import('./job-events/requests.js').CallerHeaders} [headers] Sent with every request. A function is asked before each,
 *   so that a token can be renewed.
 * @property {AbortSignal} [signal] Ends it.
 * @property {string} [lastEventId] Go on after this event, for instance after the page was loaded again.
 * @property {(event: JobEvent) => void} [onEvent] Called with every event. With it the client runs by itself; without, iterate.
 * @property {(change: ConnectionChange) => void} [onConnection] Called when the way changes, opens, or waits.
 * @property {(error: unknown) => void} [onError] Called when it ends with an error; by default it goes to the console.
 * @property {string | URL} [baseUrl] What relative addresses start from; by default the page's address.
 * @property {number} [silence] After so many ms without a byte a stream counts as held back; 30,000: two of the server's heartbeats.
 * @property {number} [pollEvery] At most one status request in so many ms; 1,000, and 5,000 for all jobs.
 * @property {number} [pollWait] How long the server may hold a status request, in s; 30, which is the most.
 * @property {number} [longestBackoff] The longest wait after failures, in ms; 30,000.
 * @property {typeof globalThis.fetch} [fetch] In place of the global one.
 */

/** @typedef {{ eventsUrl: string, statusUrl?: string }} JobAddresses A receipt has them. Without a `statusUrl` it never polls. */

/**
 * Follows one job to its end.
 *
 * @param {string | JobAddresses} job Its receipt, or its id.
 * @param {FollowOptions} [options]
 * @returns {JobFollower}
 */
export function followJob(job, options = {}) {
  const addresses = typeof job === 'string'
    ? { eventsUrl: `/api/job-events?jobId=${encodeURIComponent(job)}`, statusUrl: `/api/job-status/${encodeURIComponent(job)}` }
    : job;
  return new JobFollower(addresses, options);
}

/**
 * Follows all jobs of the caller, those to come among them, until it is ended.
 *
 * @param {FollowOptions} [options]
 * @returns {JobsFollower}
 */
export function followJobs(options = {}) {
  return new JobsFollower(options);
}

/**
 * What both followers have. Iterate it, once, for the events; leaving the loop ends it. It throws a `JobEventsError` when the server
 * refuses for good.
 */
class Follower {
  /** How events come now. @type {'stream' | 'poll'} */
  via = 'stream';

  #ending = new AbortController();
  #signal;
  #pauses;
  #stream;
  #events;

  /**
   * @param {{ eventsUrl: URL, ask: (send: import('./job-events/requests.js').Send) => import('./job-events/polling.js').Ask | null, every: number, story: OneJob | AllJobs }} parts
   * @param {FollowOptions} options
   */
  constructor({ eventsUrl, ask, every, story }, options) {
    const send = sender(options.headers, options.fetch ?? globalThis.fetch.bind(globalThis));
    this.#signal = options.signal ? AbortSignal.any([options.signal, this.#ending.signal]) : this.#ending.signal;
    this.#pauses = new Pauses(options.longestBackoff ?? 30_000);
    this.#stream = new EventStream(eventsUrl, send, options.silence ?? 30_000, options.lastEventId ?? null);
    const following = new Following({
      stream: this.#stream,
      ask: ask(send),
      every: options.pollEvery ?? every,
      story,
      pauses: this.#pauses,
      onConnection: (change) => {
        this.via = change.via;
        options.onConnection?.(change);
      },
    });
    this.#events = this.#untilEnded(following);
    if (options.onEvent) {
      this.#run(options.onEvent, options.onError ?? console.error);
    }
  }

  /** The id of the last event, to go on from. @returns {string | null} */
  get lastEventId() {
    return this.#stream.lastEventId;
  }

  /** @returns {AsyncGenerator<JobEvent, void, void>} */
  [Symbol.asyncIterator]() {
    return this.#events;
  }

  /** Tries again at once in place of waiting, for instance when the browser is online again. */
  retryNow() {
    this.#pauses.endNow();
  }

  /** Ends it; an iteration ends too. */
  close() {
    this.#ending.abort();
  }

  /**
   * @protected
   * @param {unknown} [error] Why it ended, when it failed.
   */
  ended(error) {}

  /** @param {Following} following @returns {AsyncGenerator<JobEvent, void, void>} */
  async *#untilEnded(following) {
    /** @type {unknown} */
    let failure;
    try {
      yield* following.events(this.#signal);
    } catch (error) {
      failure = error;
      if (!this.#signal.aborted) {
        throw error;
      }
    } finally {
      this.close();
      this.ended(failure);
    }
  }

  /** @param {(event: JobEvent) => void} onEvent @param {(error: unknown) => void} onError */
  async #run(onEvent, onError) {
    await null; // The caller gets the follower before its first event.
    try {
      for await (const event of this.#events) {
        onEvent(event);
      }
    } catch (error) {
      onError(error);
    }
  }
}

/** Follows one job. */
class JobFollower extends Follower {
  /** Settles when it ends: with the final status document, or the reason why there is none. @type {Promise<JobStatus>} */
  finished;

  #story;
  /** @type {(status: JobStatus) => void} */
  #finish = () => {};
  /** @type {(reason: unknown) => void} */
  #fail = () => {};

  /** @param {JobAddresses} addresses @param {FollowOptions} options */
  constructor({ eventsUrl, statusUrl }, options) {
    const story = new OneJob();
    super({
      eventsUrl: resolve(eventsUrl, options),
      ask: (send) => (statusUrl ? statusOfOne(resolve(statusUrl, options), send, options.pollWait ?? 30) : null),
      every: 1000,
      story,
    }, options);
    this.#story = story;
    this.finished = new Promise((finish, fail) => {
      this.#finish = finish;
      this.#fail = fail;
    });
    this.finished.catch(() => {}); // Not everybody asks.
  }

  /** The status document as far as it is known; null before the first event. @returns {JobStatus | null} */
  get status() {
    return this.#story.view.status;
  }

  /** The text that the newest attempt has written so far. @returns {JobText} */
  get text() {
    return this.#story.view.text;
  }

  /** @protected @override @param {unknown} [error] */
  ended(error) {
    if (this.#story.isOver && this.status) {
      this.#finish(this.status);
    } else {
      this.#fail(error ?? new DOMException('It was ended before the job was.', 'AbortError'));
    }
  }
}

/** Follows all jobs of the caller. */
class JobsFollower extends Follower {
  #story;

  /** @param {FollowOptions} options */
  constructor(options) {
    const story = new AllJobs();
    super({
      eventsUrl: resolve('/api/job-events', options),
      ask: (send) => statusOfAll(resolve('/api/jobs?limit=100', options), send, story),
      every: 5000,
      story,
    }, options);
    this.#story = story;
  }

  /** The unfinished jobs that are known, by id. @returns {ReadonlyMap<string, JobView>} */
  get jobs() {
    return this.#story.jobs;
  }
}

/** @param {string} url @param {FollowOptions} options */
function resolve(url, { baseUrl }) {
  return new URL(url, baseUrl ?? globalThis.location?.href);
}
