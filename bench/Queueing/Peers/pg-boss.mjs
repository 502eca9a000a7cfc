import { PgBoss } from 'pg-boss';

const queue = 'jobs';

// Without notifications its workers poll, every half second at the most often. They cost it some of its enqueueing: PostgreSQL
// lets transactions that notify commit only one after the other.
export async function connect({ postgresUrl, role }) {
  const boss = new PgBoss({ connectionString: postgresUrl, useListenNotify: true, supervise: role === 'worker', schedule: false });
  boss.on('error', error => console.error(error));
  await boss.start();
  return {
    setUp: () => boss.createQueue(queue, { notify: true }),

    enqueue: data => boss.send(queue, data),

    enqueueBatch: payloads => boss.insert(queue, payloads.map(data => ({ data }))),

    // Its fastest here: full batches are fetched without a pause, and each is completed by one statement.
    work: handle =>
      boss.work(queue, { batchSize: 1000, burstWhenBatchFull: true, localConcurrency: 2 }, async jobs => {
        jobs.forEach(job => handle(job.data));
      }),

    rest: () => boss.offWork(queue),

    async isDrained() {
      // Its own counts are cached for a minute.
      const { rows } = await boss.getDb().executeSql("select exists (select from pgboss.job where state < 'completed') as any");
      return !rows[0].any;
    },
  };
}
