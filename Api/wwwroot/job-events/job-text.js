/**
 * @typedef {object} Hole
 * @property {number} offset Where it begins, in UTF-16 code units of the whole text.
 * @property {number} length
 */

const HOLE_MARK = '\n[…]\n';

/** The text that a job's newest attempt has written so far, as far as it is known. */
export class JobText {
  /** The attempt that writes it; 0 while none has. */
  attempt = 0;

  /** How long the text is, with what is lost of it, in UTF-16 code units. */
  length = 0;

  /** What is lost of it, in order. @type {Hole[]} */
  holes = [];

  #text = '';
  #isAfterGap = false;

  /** @returns {string} The text; `[…]` on a line of its own stands for each hole. */
  toString() {
    return this.#text;
  }

  /** An attempt begins, with no text. @param {number} attempt */
  begin(attempt) {
    Object.assign(this, { attempt, length: 0, holes: [] });
    this.#text = '';
    this.#isAfterGap = false;
  }

  /** Something is lost; whether it was text will show. */
  gap() {
    this.#isAfterGap = true;
  }

  /** @param {{ attempt: number, offset: number, text: string }} delta */
  add({ attempt, offset, text }) {
    // Text that begins at 0 is a new one: an attempt that was handed back is begun again under its number.
    if (attempt > this.attempt || (attempt === this.attempt && (offset === 0 || (this.#isAfterGap && offset < this.length)))) {
      this.begin(attempt);
    }

    if (attempt < this.attempt) {
      return;
    }

    if (offset > this.length) {
      this.holes = [...this.holes, { offset: this.length, length: offset - this.length }];
      this.#text += HOLE_MARK;
      this.length = offset;
    }

    this.#text += text.slice(this.length - offset);
    this.length = Math.max(this.length, offset + text.length);
    this.#isAfterGap = false;
  }
}
