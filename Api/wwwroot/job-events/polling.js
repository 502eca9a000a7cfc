import { overNetwork, refuseFailure, TryAgain } from './answers.js';
import { isFinal } from './job-view.js';

/** @typedef {import('./job-view.js').JobStatus} JobStatus */
/** @typedef {{ name: string, data: any }} PolledEvent */

// What a request may take beyond the time that it asks the server to hold it, in ms.
const PATIENCE = 15_000;

/**
 * @callback Ask Asks once.
 * @param {AbortSignal} signal
 * @returns {Promise<PolledEvent[]>} What is new.
 */

/**
 * Asks again and again.
 *
 * @param {Ask} ask
 * @param {number} every The time from one request to the next, in ms, at least.
 * @param {import('./pauses.js').Pauses} pauses
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<PolledEvent[], never, void>}
 */
export async function* poll(ask, every, pauses, signal) {
  for (let failures = 0; ; ) {
    const began = performance.now();
    let pause = 0;
    try {
      yield await ask(signal);
      failures = 0;
    } catch (error) {
      if (!(error instanceof TryAgain)) {
        throw error;
      }

      pause = error.delay ?? pauses.backoff(++failures);
    }

    await pauses.wait(Math.max(pause, began + every - performance.now()), signal);
  }
}

/**
 * Long-polls one job's status.
 *
 * @param {URL} url
 * @param {import('./requests.js').Send} send
 * @param {number} wait How long the server shall hold a request, in s.
 * @returns {Ask}
 */
export function statusOfOne(url, send, wait) {
  /** @type {string | null} */
  let tag = null;
  const held = new URL(url);
  held.searchParams.set('wait', String(wait));

  return async (signal) => {
    // Without a tag the server would hold back what the caller doesn't have yet.
    const response = tag ? await request(held, send, signal, wait * 1000, tag) : await request(url, send, signal, 0);
    if (response.status === 304) {
      return [];
    }

    /** @type {JobStatus} */
    const status = await overNetwork(response.json());
    tag = response.headers.get('etag');
    return [isFinal(status.status) ? finalEvent(status) : { name: 'connected', data: status }];
  };
}

/**
 * Lists the caller's jobs: the ends that the caller hasn't been told of, and a snapshot when an unfinished job has changed.
 *
 * @param {URL} url
 * @param {import('./requests.js').Send} send
 * @param {import('./stories.js').AllJobs} story What the caller has been told.
 * @returns {Ask}
 */
export function statusOfAll(url, send, story) {
  const mostPages = 10;
  let last = '';

  return async (signal) => {
    const awaited = new Set(story.jobs.keys());
    /** @type {JobStatus[]} */
    const unfinished = [];
    /** @type {PolledEvent[]} */
    const ends = [];
    const page = new URL(url);
    let more = true;
    for (let pages = 0; more && pages < mostPages && (pages === 0 || awaited.size > 0); pages++) {
      const response = await request(page, send, signal, 0);
      // The server's clock, where the page may read it.
      const now = Date.parse(response.headers.get('date') ?? '') || Date.now();
      const { items, nextCursor } = await overNetwork(response.json());
      for (const job of /** @type {JobStatus[]} */ (items)) {
        const isAwaited = awaited.delete(job.jobId);
        if (!isFinal(job.status)) {
          unfinished.push(job);
        } else if (isAwaited || (Date.parse(job.finishedAt ?? '') >= now - story.untoldFor() && !story.isTold(job.jobId))) {
          ends.unshift(finalEvent(job)); // The page has the newest first.
        }
      }

      more = Boolean(nextCursor);
      page.searchParams.set('cursor', nextCursor);
    }

    const snapshot = { jobs: unfinished.slice(0, 100), more: more || unfinished.length > 100 };
    const text = JSON.stringify(snapshot);
    const isNew = text !== last;
    last = text;
    return isNew ? [...ends, { name: 'connected', data: snapshot }] : ends;
  };
}

/**
 * @param {URL} url
 * @param {import('./requests.js').Send} send
 * @param {AbortSignal} signal
 * @param {number} held How long the server may hold it, in ms.
 * @param {string | null} [tag]
 */
async function request(url, send, signal, held, tag) {
  const limit = AbortSignal.timeout(held + PATIENCE);
  try {
    const response = await send(url, tag ? { 'if-none-match': tag } : {}, AbortSignal.any([signal, limit]));
    await refuseFailure(response);
    return response;
  } catch (error) {
    throw limit.aborted && !signal.aborted ? new TryAgain('no answer came in time') : error;
  }
}

/** @param {JobStatus} status @returns {PolledEvent} */
function finalEvent({ jobId, status, result, error }) {
  return { name: status, data: status === 'completed' ? { jobId, result } : { jobId, error } };
}
