import { overNetwork, refuseFailure, Silent } from './answers.js';
import { SseParser } from './sse-parser.js';

/** The first item of a connection on which something came. */
export const ALIVE = Symbol('alive');

/** The server says that there is nothing more (204). */
export const NOTHING_MORE = Symbol('nothing more');

/** @typedef {import('./sse-parser.js').SseEvent} SseEvent */
/** @typedef {typeof ALIVE | typeof NOTHING_MORE | SseEvent} StreamItem */

/** The event stream at one address, over as many connections as it takes. */
export class EventStream {
  /** The id of the last event, which the next connection goes on from. @type {string | null} */
  lastEventId;

  /** How long to wait before the next connection, in ms, as the server last said. */
  retry = 2000;

  #url;
  #send;
  #silence;

  /**
   * @param {URL} url
   * @param {import('./requests.js').Send} send
   * @param {number} silence How long a connection may say nothing, in ms.
   * @param {string | null} lastEventId
   */
  constructor(url, send, silence, lastEventId) {
    this.#url = url;
    this.#send = send;
    this.#silence = silence;
    this.lastEventId = lastEventId;
  }

  /**
   * One connection.
   *
   * @param {AbortSignal} signal Ends it.
   * @returns {AsyncGenerator<StreamItem, void, void>} `ALIVE` with the first byte, then the events; ends where the server ends it.
   * @throws {import('./answers.js').JobEventsError | import('./answers.js').TryAgain}
   */
  async *connect(signal) {
    const connection = new AbortController();
    const both = AbortSignal.any([signal, connection.signal]);
    try {
      const response = await this.#orSilent(this.#send(this.#url, this.#headers(), both));
      if (response.status === 204) {
        yield NOTHING_MORE;
        return;
      }

      await refuseFailure(response);
      if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw new Silent('what came is no event stream');
      }

      const reader = response.body.getReader();
      const parser = new SseParser(this.lastEventId);
      for (let isFirst = true; ; isFirst = false) {
        const { done, value } = await this.#orSilent(overNetwork(reader.read()));
        if (done) {
          return;
        }

        if (isFirst) {
          yield ALIVE;
        }

        for (const event of parser.push(value)) {
          this.lastEventId = parser.lastEventId;
          yield event;
        }

        this.lastEventId = parser.lastEventId;
        this.retry = parser.retry ?? this.retry;
      }
    } finally {
      connection.abort();
    }
  }

  /** @returns {Record<string, string>} */
  #headers() {
    return this.lastEventId ? { accept: 'text/event-stream', 'last-event-id': this.lastEventId } : { accept: 'text/event-stream' };
  }

  /**
   * @template T
   * @param {Promise<T>} coming
   * @returns {Promise<T>}
   */
  async #orSilent(coming) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const silent = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Silent(`nothing came for ${this.#silence / 1000} s`)), this.#silence);
    });
    coming.catch(() => {}); // Given up, it may still fail later.
    try {
      return await /** @type {Promise<T>} */ (Promise.race([coming, silent]));
    } finally {
      clearTimeout(timer);
    }
  }
}
