/** The network as far as a page can break it: what is cut fails as it does when a cable is pulled. */
export class CuttableNetwork {
  #cable = new AbortController();

  get isCut() {
    return this.#cable.signal.aborted;
  }

  cut() {
    this.#cable.abort(new TypeError('The cable is pulled.'));
  }

  restore() {
    this.#cable = new AbortController();
  }

  /** @type {typeof globalThis.fetch} In place of the global one. */
  fetch = async (input, init) => {
    const cable = this.#cable.signal;
    return globalThis.fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, cable]) : cable });
  };
}
