import { isFinal, JobView } from './job-view.js';

/** @typedef {'stream' | 'poll'} Via */

/** @typedef {{ job: JobView | null }} News Whose news it is; null for what is said of several jobs. */

/** What is known of one job. */
export class OneJob {
  view = new JobView();

  /** Whether its final event was told: a snapshot may know of the end before that. */
  isOver = false;

  /**
   * @param {string} name
   * @param {any} data
   * @returns {News | null}
   */
  take(name, data) {
    this.view.apply(name, data);
    this.isOver ||= isFinal(name);
    return { job: this.view };
  }

  /** The stream has said something: it tells whatever happened before. */
  heard() {}

  /**
   * What an event is known by when it comes again: here its id, for the server may say less of it the second time.
   *
   * @param {string} name
   * @param {string | null} id
   */
  keyOf(name, id) {
    return `${name} ${id}`;
  }
}

/** What is known of all jobs of a caller. */
export class AllJobs {
  static #MARGIN = 5000;
  static #MOST_TOLD = 1000;

  /** The unfinished jobs, by id. @type {Map<string, JobView>} */
  jobs = new Map();

  isOver = false;

  /** The jobs whose end was told last. @type {Set<string>} */
  #told = new Set();

  /** Of those, the ones whose end the stream hasn't come to yet. @type {Set<string>} */
  #ahead = new Set();

  #heardAt = performance.now();

  /** Jobs may have come and gone unseen for so long, in ms. */
  untoldFor() {
    return performance.now() - this.#heardAt + AllJobs.#MARGIN;
  }

  /** @param {string} jobId @returns {boolean} Whether its end was told. */
  isTold(jobId) {
    return this.#told.has(jobId);
  }

  heard() {
    this.#heardAt = performance.now();
  }

  /**
   * Events of several jobs may have an id in common.
   *
   * @param {string} name
   * @param {string | null} id
   * @param {any} data
   */
  keyOf(name, id, data) {
    return `${name} ${id} ${JSON.stringify(data)}`;
  }

  /**
   * @param {string} name
   * @param {any} data
   * @param {Via} via
   * @returns {News | null} Null when the stream comes to what the poll told of before.
   */
  take(name, data, via) {
    if (name === 'connected') {
      this.#takeSnapshot(data, via);
      return { job: null };
    }

    if (name === 'gap' && !data.jobId) {
      this.jobs.forEach((view) => view.apply(name, data));
      return { job: null };
    }

    return this.#isBehind(name, data.jobId, via) ? null : { job: this.#takeEvent(name, data, via) };
  }

  /**
   * @param {{ jobs: import('./job-view.js').JobStatus[], more: boolean }} snapshot
   * @param {Via} via
   */
  #takeSnapshot({ jobs, more }, via) {
    const before = this.jobs;
    this.jobs = new Map(more ? before : []);
    for (const job of jobs) {
      const view = before.get(job.jobId) ?? new JobView();
      view.apply('connected', job);
      this.jobs.set(job.jobId, view);
      this.#told.delete(job.jobId);
    }

    if (via === 'stream') {
      this.#ahead.clear(); // It goes on from here.
    }
  }

  /** @param {string} name @param {string} jobId @param {Via} via */
  #isBehind(name, jobId, via) {
    if (via === 'poll' || !this.#ahead.has(jobId)) {
      return false;
    }

    if (isFinal(name)) {
      this.#ahead.delete(jobId);
    }

    return true;
  }

  /** @param {string} name @param {any} data @param {Via} via */
  #takeEvent(name, data, via) {
    const { jobId } = data;
    const view = this.jobs.get(jobId) ?? new JobView();
    view.apply(name, data);
    if (isFinal(name)) {
      this.#end(jobId, via);
    } else {
      this.jobs.set(jobId, view);
      this.#told.delete(jobId);
    }

    return view;
  }

  /** @param {string} jobId @param {Via} via */
  #end(jobId, via) {
    this.jobs.delete(jobId);
    this.#told.add(jobId);
    if (via === 'poll') {
      this.#ahead.add(jobId);
    }

    if (this.#told.size > AllJobs.#MOST_TOLD) {
      this.#told.delete(/** @type {string} */ (this.#told.values().next().value));
    }
  }
}
