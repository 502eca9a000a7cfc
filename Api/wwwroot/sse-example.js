import { followJob } from './job-events.js';
import { CuttableNetwork } from './sse-example-network.js';

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

const STATES = {
  waiting: 'Waiting for a worker',
  delayed: 'Its time has not come yet',
  active: 'At work',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Called off',
};

const network = new CuttableNetwork();

/** @type {ReturnType<typeof followJob> | null} */
let follower = null;
let message = '';

byId('request').addEventListener('submit', async (/** @type {SubmitEvent} */ submitted) => {
  submitted.preventDefault();
  const { content, subject, topic, count, delay, user } = Object.fromEntries(new FormData(byId('request')));
  begin('Sending your text');
  try {
    const response = await fetch(`/api/ai/generate-flashcards?delayMs=${delay}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-id': String(user) },
      body: JSON.stringify({ content, subject, topic, count: Number(count) }),
    });
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      throw new Error([problem.title, problem.detail, ...Object.values(problem.errors ?? {}).flat()].filter(Boolean).join(' ') || `The server answered ${response.status}.`);
    }

    follow(await response.json(), String(user));
  } catch (error) {
    showError(error);
  }
});

byId('cut').addEventListener('click', () => {
  if (network.isCut) {
    network.restore();
    follower?.retryNow();
  } else {
    network.cut();
  }

  byId('cut').textContent = network.isCut ? 'Restore the connection' : 'Cut the connection';
});

window.addEventListener('online', () => follower?.retryNow());

// A job that exists can be followed from its link: ?jobId=
const linked = new URLSearchParams(location.search).get('jobId');
if (linked) {
  begin('Looking for the job');
  follow(linked, byId('user').value);
}

/** @param {string} state */
function begin(state) {
  follower?.close();
  message = '';
  byId('error').hidden = true;
  byId('state').textContent = `${state}…`;
  byId('state').dataset.status = '';
  byId('progress').value = 0;
  byId('via').textContent = byId('last-id').textContent = 'none';
  byId('resumed').textContent = 'never';
  byId('told').textContent = byId('repeated').textContent = '0';
  byId('connection').textContent = '';
  byId('writing').hidden = true;
  byId('no-cards').hidden = false;
  byId('events').replaceChildren();
  byId('cards').replaceChildren();
}

/** @param {string | { eventsUrl: string, statusUrl: string }} job @param {string} user */
function follow(job, user) {
  const seen = new Set();
  let [events, repeated, openings] = [0, 0, 0];
  byId('cut').disabled = false;
  const mine = follower = followJob(job, {
    headers: { 'user-id': user },
    fetch: network.fetch,
    onEvent(event) {
      const key = `${event.name} ${event.id} ${JSON.stringify(event.data)}`;
      events++;
      repeated += seen.has(key) ? 1 : 0;
      seen.add(key);
      byId('told').textContent = String(events);
      byId('repeated').textContent = String(repeated);
      byId('last-id').textContent = mine.lastEventId || 'none';
      showEvent(event);
      showJob(mine);
    },
    onConnection({ via, state, reason, delay, lastEventId }) {
      byId('via').textContent = via === 'stream' ? 'event stream' : 'polling';
      byId('connection').textContent = state === 'open'
        ? (reason ? `Polling, because ${reason}.` : openings > 0 && lastEventId ? `Connected again, after event ${lastEventId}.` : 'Connected.')
        : `Not connected, because ${reason}. It tries again in ${(Number(delay) / 1000).toFixed(1)} s.`;
      if (via === 'stream' && state === 'open' && openings++ > 0 && lastEventId) {
        byId('resumed').textContent = lastEventId;
      }
    },
    onError: showError,
  });
  mine.finished.then(
    () => (byId('connection').textContent = 'The job is over, and so is the connection.'),
    () => {}, // Another job took its place, or the error is shown.
  ).finally(() => {
    if (mine === follower) {
      byId('cut').disabled = true;
    }
  });
}

/** @param {import('./job-events.js').JobEvent} event */
function showEvent({ name, id, data }) {
  if (name === 'delta') {
    return; // Its text is shown below, and there may be thousands.
  }

  const line = document.createElement('li');
  const said = {
    connected: `${data.status}, ${data.progress ?? 0} %`,
    active: `attempt ${data.attempt} of ${data.maxAttempts}`,
    progress: [`${data.progress} %`, data.message].filter(Boolean).join(', '),
    retrying: data.error?.message,
    failed: data.error?.message,
    cancelled: data.error?.message,
    completed: `${data.result?.flashcards?.length ?? 0} cards`,
    gap: 'some events are lost',
  }[name];
  line.append(span('id', id ? `#${id}` : 'polled'), span('name', name), span('said', said ?? ''));
  byId('events').append(line);
  byId('log').scrollTop = byId('log').scrollHeight;
  message = name === 'progress' ? data.message ?? '' : '';
}

/** @param {ReturnType<typeof followJob>} job */
function showJob({ status, text }) {
  if (text.length > 0) {
    byId('writing').hidden = false;
    byId('text').textContent = text.toString();
  }

  if (!status) {
    return;
  }

  const cards = status.status === 'completed' ? status.result?.flashcards ?? [] : [];
  byId('state').textContent = [STATES[status.status], cards.length ? `${cards.length} cards` : message || status.error?.message].filter(Boolean).join(': ');
  byId('state').dataset.status = status.status;
  byId('progress').value = status.progress ?? 0;
  byId('no-cards').hidden = cards.length > 0;
  byId('cards').replaceChildren(...cards.map(cardOf));
}

/** @param {{ question: string, answer: string, source: string }} card */
function cardOf({ question, answer, source }) {
  const item = document.createElement('li');
  const heading = document.createElement('h3');
  heading.textContent = question;
  const body = document.createElement('p');
  body.textContent = answer;
  const origin = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Where it comes from';
  origin.append(summary, source);
  item.append(heading, body, origin);
  return item;
}

/** @param {string} name @param {string} text */
function span(name, text) {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}

/** @param {unknown} error */
function showError(error) {
  byId('state').textContent = 'No job.';
  byId('error').textContent = error instanceof Error ? error.message : String(error);
  byId('error').hidden = false;
}
