/**
 * @typedef {object} SseEvent
 * @property {string} name The event's name; "message" where the stream gives none.
 * @property {string} data Its data lines, joined by line feeds.
 * @property {string} id The last id that the stream had given when the event came.
 */

/**
 * Reads an event stream as the HTML standard says (section 9.2.6), from bytes that may be cut anywhere: within a line end,
 * within a character. An event that the stream breaks off in doesn't exist.
 */
export class SseParser {
  /** The id to come back with: that of the last whole event. Null while the stream has given none. @type {string | null} */
  lastEventId;

  /** How long to wait before coming back, in ms. Null while the stream hasn't said. @type {number | null} */
  retry = null;

  #decoder = new TextDecoder(); // Leaves out a byte order mark at the start.
  #line = '';
  #endedWithCarriageReturn = false;

  /** @type {string | null} */
  #id;
  #name = '';
  /** @type {string[]} */
  #data = [];

  /** @param {string | null} [lastEventId] What the stream was asked to go on from. */
  constructor(lastEventId = null) {
    this.lastEventId = this.#id = lastEventId;
  }

  /**
   * @param {Uint8Array} bytes What came next.
   * @returns {Generator<SseEvent, void, void>} The events that are whole by now. Read them all before the next call.
   */
  *push(bytes) {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') {
      return;
    }

    if (this.#endedWithCarriageReturn && text.startsWith('\n')) {
      text = text.slice(1);
    }

    this.#endedWithCarriageReturn = text === '' ? false : text.endsWith('\r');
    const lines = text.split(/\r\n|\r|\n/);
    const rest = /** @type {string} */ (lines.pop());
    for (const end of lines) {
      const event = this.#take(this.#line + end);
      this.#line = '';
      if (event) {
        yield event;
      }
    }

    this.#line += rest;
  }

  /** @param {string} line @returns {SseEvent | null} */
  #take(line) {
    if (line === '') {
      return this.#dispatch();
    }

    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    switch (field) {
      case 'event':
        this.#name = value;
        break;
      case 'data':
        this.#data.push(value);
        break;
      case 'id':
        this.#id = value.includes('\0') ? this.#id : value;
        break;
      case 'retry':
        this.retry = /^[0-9]+$/.test(value) ? Number(value) : this.retry;
        break;
    }

    return null; // A comment has an empty field; any other is unknown.
  }

  /** @returns {SseEvent | null} */
  #dispatch() {
    const [name, data] = [this.#name || 'message', this.#data];
    [this.#name, this.#data, this.lastEventId] = ['', [], this.#id];
    return data.length > 0 ? { name, data: data.join('\n'), id: this.#id ?? '' } : null;
  }
}
