const FIRST_BACKOFF = 1000;

/** Waits between tries: each ends at its time, or at once when somebody knows that it is time. */
export class Pauses {
  #wake = new EventTarget();

  /** @param {number} longest The longest back-off, in ms. */
  constructor(longest) {
    this.longest = longest;
  }

  /** Ends every wait that goes on now. */
  endNow() {
    this.#wake.dispatchEvent(new Event('wake'));
  }

  /**
   * Full jitter: any time up to a limit that doubles with each failure, so that clients who failed together don't come back
   * together.
   *
   * @param {number} failures Those in a row, from 1.
   * @returns {number} ms
   */
  backoff(failures) {
    return Math.random() * Math.min(this.longest, FIRST_BACKOFF * 2 ** (failures - 1));
  }

  /**
   * @param {number} ms
   * @param {AbortSignal} signal
   * @returns {Promise<void>} Rejects with the signal's reason.
   */
  wait(ms, signal) {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const ended = new AbortController();
      const timer = setTimeout(() => end(resolve), ms);
      this.#wake.addEventListener('wake', () => end(resolve), { signal: ended.signal });
      signal.addEventListener('abort', () => end(() => reject(signal.reason)), { signal: ended.signal });

      /** @param {() => void} how */
      function end(how) {
        clearTimeout(timer);
        ended.abort();
        how();
      }
    });
  }
}
