import { Silent, TryAgain } from './answers.js';
import { ALIVE, NOTHING_MORE } from './event-stream.js';
import { poll } from './polling.js';

/** @typedef {import('./stories.js').Via} Via */
/** @typedef {AsyncGenerator<import('./event-stream.js').StreamItem, void, void>} StreamItems */

/**
 * @typedef {object} JobEvent
 * @property {string} name `connected`, `waiting`, `active`, `progress`, `delta`, `retrying`, `gap`, `completed`, `failed`, `cancelled`.
 * @property {any} data What the server says of it.
 * @property {string | null} id Where the stream stands with it; null for what was polled.
 * @property {Via} via How it came.
 * @property {import('./job-view.js').JobView | null} job The job as it stands with the event; null for what is said of several.
 */

/**
 * @typedef {object} ConnectionChange
 * @property {Via} via
 * @property {'open' | 'waiting'} state `waiting`: it comes back after `delay`.
 * @property {string | null} lastEventId What the stream goes on from.
 * @property {string} [reason] Why it polls, or waits.
 * @property {number} [delay] ms
 */

/**
 * @typedef {object} Parts
 * @property {import('./event-stream.js').EventStream} stream
 * @property {import('./polling.js').Ask | null} ask Polls, where that can be done.
 * @property {number} every How often to poll, in ms.
 * @property {import('./stories.js').OneJob | import('./stories.js').AllJobs} story
 * @property {import('./pauses.js').Pauses} pauses
 * @property {(change: ConnectionChange) => void} onConnection
 */

// After so many failures in a row the poll will tell whether it is the stream or the server.
const FAILURES_BEFORE_POLL = 3;

// What comes again, though the server says that nothing does, is found among so many.
const MOST_RECENT = 200;

/** Leads from one connection to the next, and to the poll and back. */
export class Following {
  /** @type {Set<string>} */
  #recent = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<JobEvent, void, void>} Ends after the final event of one job.
   * @throws {import('./answers.js').JobEventsError} Or the signal's reason.
   */
  async *events(signal) {
    const { stream, ask, story, pauses } = this.parts;
    /** @type {StreamItems | null} */
    let open = null;
    for (let failures = 0; !story.isOver; ) {
      try {
        for await (const item of open ?? stream.connect(signal)) {
          if (item === NOTHING_MORE) {
            return await this.#learnTheEnd(signal);
          }

          failures = 0;
          story.heard();
          if (item === ALIVE) {
            this.#say({ via: 'stream', state: 'open' });
            continue;
          }

          yield* this.#tell({ name: item.name, data: JSON.parse(item.data), id: item.id, via: 'stream' });
          if (story.isOver) {
            return;
          }
        }

        open = null;
        await this.#wait(stream.retry, 'the stream ended', signal);
      } catch (error) {
        open = null;
        if (!(error instanceof TryAgain)) {
          throw error;
        }

        if (ask && (error instanceof Silent || ++failures >= FAILURES_BEFORE_POLL)) {
          open = yield* this.#pollUntilStreamWorks(ask, error.message, signal);
        } else {
          await this.#wait(error.delay ?? pauses.backoff(failures), error.message, signal);
        }
      }
    }
  }

  /**
   * @param {import('./polling.js').Ask} ask
   * @param {string} reason
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<JobEvent, StreamItems | null, void>} The stream that works again; null when the story is over.
   */
  async *#pollUntilStreamWorks(ask, reason, signal) {
    const { every, story, pauses } = this.parts;
    const [polling, probing] = [new AbortController(), new AbortController()];
    this.#say({ via: 'poll', state: 'open', reason });
    const stream = this.#untilStreamWorks(AbortSignal.any([signal, probing.signal]));
    stream.catch(() => {}); // It may fail while nobody looks; the race below tells.
    const polls = poll(ask, every, pauses, AbortSignal.any([signal, polling.signal]));
    /** @type {StreamItems | null} */
    let open = null;
    try {
      while (!story.isOver) {
        const answer = polls.next();
        answer.catch(() => {});
        const first = await Promise.race([stream, answer]);
        if (!('value' in first)) {
          this.#say({ via: 'stream', state: 'open' });
          return (open = first);
        }

        for (const { name, data } of first.value) {
          yield* this.#tell({ name, data, id: null, via: 'poll' });
        }
      }

      return null;
    } finally {
      polling.abort();
      if (!open) {
        probing.abort();
      }
    }
  }

  /** @param {AbortSignal} signal @returns {Promise<StreamItems>} A connection on which something came. */
  async #untilStreamWorks(signal) {
    const { stream, pauses } = this.parts;
    for (let failures = 1; ; failures++) {
      const items = stream.connect(signal);
      let delay = pauses.backoff(failures);
      try {
        const { value } = await items.next();
        if (value === ALIVE) {
          return items;
        }
      } catch (error) {
        if (!(error instanceof TryAgain)) {
          throw error;
        }

        delay = error.delay ?? delay;
      }

      await pauses.wait(delay, signal);
    }
  }

  /** The caller has every event; what they came to is asked for. @param {AbortSignal} signal */
  async #learnTheEnd(signal) {
    const { ask, every, story, pauses } = this.parts;
    if (!ask || story.isOver) {
      return;
    }

    for await (const events of poll(ask, every, pauses, signal)) {
      events.forEach(({ name, data }) => story.take(name, data, 'poll'));
      if (story.isOver) {
        return;
      }
    }
  }

  /** @param {Omit<JobEvent, 'job'>} event @returns {Generator<JobEvent, void, void>} */
  *#tell(event) {
    if (this.#isRepeated(event)) {
      return;
    }

    const news = this.parts.story.take(event.name, event.data, event.via);
    if (news) {
      yield { ...event, ...news };
    }
  }

  // A snapshot may be the same as another, and is news all the same.
  /** @param {Omit<JobEvent, 'job'>} event */
  #isRepeated({ name, id, data, via }) {
    if (via === 'poll' || name === 'connected' || name === 'gap') {
      return false;
    }

    const key = this.parts.story.keyOf(name, id, data);
    const isRepeated = this.#recent.has(key);
    this.#recent.add(key);
    if (this.#recent.size > MOST_RECENT) {
      this.#recent.delete(/** @type {string} */ (this.#recent.values().next().value));
    }

    return isRepeated;
  }

  /** @param {number} delay @param {string} reason @param {AbortSignal} signal */
  async #wait(delay, reason, signal) {
    this.#say({ via: 'stream', state: 'waiting', reason, delay });
    await this.parts.pauses.wait(delay, signal);
  }

  /** @param {Omit<ConnectionChange, 'lastEventId'>} change */
  #say(change) {
    this.parts.onConnection({ ...change, lastEventId: this.parts.stream.lastEventId });
  }
}
