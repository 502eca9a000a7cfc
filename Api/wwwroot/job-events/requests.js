import { overNetwork } from './answers.js';

/**
 * @callback Send
 * @param {URL} url
 * @param {Record<string, string>} headers Beside the caller's.
 * @param {AbortSignal} signal
 * @returns {Promise<Response>}
 */

/** @typedef {HeadersInit | (() => HeadersInit | Promise<HeadersInit>)} CallerHeaders */

/**
 * @param {CallerHeaders | undefined} callers Sent with every request; a function is asked before each.
 * @param {typeof globalThis.fetch} fetch
 * @returns {Send}
 */
export function sender(callers, fetch) {
  return async (url, headers, signal) => {
    const all = new Headers(typeof callers === 'function' ? await callers() : callers);
    for (const [name, value] of Object.entries(headers)) {
      all.set(name, value);
    }

    // Uncached: a stream must not be kept, and the status poll compares tags itself.
    return overNetwork(fetch(url, { headers: all, signal, cache: 'no-store' }));
  };
}
