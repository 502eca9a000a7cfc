import { JobText } from './job-text.js';

const FINAL = ['completed', 'failed', 'cancelled'];

/** @param {string} name An event's name, or a job's status. */
export const isFinal = (name) => FINAL.includes(name);

/**
 * @typedef {object} JobStatus The status document.
 * @property {string} jobId
 * @property {'waiting' | 'delayed' | 'active' | 'completed' | 'failed' | 'cancelled'} status
 * @property {string} [type]
 * @property {string} [queue]
 * @property {number} [progress] 0 to 100.
 * @property {number} [attempt]
 * @property {number} [maxAttempts]
 * @property {number} [priority]
 * @property {string} [createdAt] ISO 8601, as the other times.
 * @property {string} [runAt]
 * @property {string | null} [startedAt]
 * @property {string | null} [finishedAt]
 * @property {any} [result]
 * @property {{ type: string, message: string, transient?: boolean } | null} [error]
 * @property {object | null} [usage]
 */

/** One job as its events tell of it. */
export class JobView {
  /** The last status document, with what came after it put in. Null before the first. @type {JobStatus | null} */
  status = null;

  /** The text that the job's newest attempt has written so far. */
  text = new JobText();

  /**
   * @param {string} name
   * @param {any} data
   */
  apply(name, data) {
    switch (name) {
      case 'connected':
        this.status = data;
        break;
      case 'active':
        this.text.begin(data.attempt);
        this.#change({ status: 'active', attempt: data.attempt, maxAttempts: data.maxAttempts, progress: 0 }, data);
        break;
      case 'progress':
        this.#change({ status: 'active', progress: data.progress }, data);
        break;
      case 'delta':
        this.text.add(data);
        break;
      case 'gap':
        this.text.gap();
        break;
      case 'retrying':
        this.#change({ status: 'delayed', attempt: data.attempt, maxAttempts: data.maxAttempts, runAt: data.runAt, error: data.error }, data);
        break;
      case 'waiting':
        this.#change({ ...data, status: 'waiting' }, data); // Of a new job it says what job it is.
        break;
      case 'completed':
        this.#change({ status: name, progress: 100, result: data.result, error: null }, data);
        break;
      case 'failed':
      case 'cancelled':
        this.#change({ status: name, error: data.error ?? null }, data);
        break;
    }
  }

  /** @param {Partial<JobStatus>} changed @param {{ jobId: string }} data */
  #change(changed, { jobId }) {
    this.status = { .../** @type {JobStatus} */ (this.status ?? { jobId }), ...changed };
  }
}
