/** The server refuses for good: the caller may not follow, or there is no such job. */
export class JobEventsError extends Error {
  name = 'JobEventsError';

  /**
   * @param {string} message
   * @param {number} status The HTTP status.
   * @param {unknown} [problem] The problem document (RFC 9457), where the answer had one.
   */
  constructor(message, status, problem) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** It didn't work this time. */
export class TryAgain extends Error {
  name = 'TryAgain';

  /**
   * @param {string} reason In a few words.
   * @param {number} [delay] When the server wants the next request, in ms from now. Without it the client chooses.
   */
  constructor(reason, delay) {
    super(reason);
    this.delay = delay;
  }
}

/** The connection is there and nothing comes: something on the way holds the stream back. */
export class Silent extends TryAgain {
  name = 'Silent';
}

/**
 * @template T
 * @param {Promise<T>} request A fetch, or the reading of its answer.
 * @returns {Promise<T>}
 * @throws {TryAgain} In place of the TypeError that stands for a network's failure.
 */
export async function overNetwork(request) {
  try {
    return await request;
  } catch (error) {
    throw error instanceof TypeError ? new TryAgain('the connection broke') : error;
  }
}

/**
 * Sorts what isn't a success into what ends the client (4xx) and what it comes back after.
 *
 * @param {Response} response
 * @throws {JobEventsError | TryAgain}
 */
export async function refuseFailure(response) {
  const { status } = response;
  if (status < 400) {
    return;
  }

  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    await response.body?.cancel();
    throw new TryAgain(`the server answered ${status}`, retryAfter(response));
  }

  const problem = await response.json().catch(() => undefined);
  throw new JobEventsError(problem?.detail ?? problem?.title ?? `The server answered ${status}.`, status, problem);
}

/** @param {Response} response @returns {number | undefined} ms from now. */
function retryAfter(response) {
  const value = response.headers.get('retry-after')?.trim();
  if (!value) {
    return undefined;
  }

  const delay = /^[0-9]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}
