import { Logger, makeWorkerUtils, run, WorkerPreset } from 'graphile-worker';

const silent = new Logger(() => () => {});

export async function connect({ postgresUrl }) {
  // The settings of https://worker.graphile.org/docs/performance
  const preset = {
    extends: [WorkerPreset],
    worker: {
      connectionString: postgresUrl,
      logger: silent,
      concurrentJobs: 24,
      maxPoolSize: 25,
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  };
  const utils = await makeWorkerUtils({ preset });
  let runner;
  return {
    setUp: () => utils.migrate(),

    enqueue: data => utils.addJob('work', data),

    enqueueBatch: payloads => utils.addJobs(payloads.map(payload => ({ identifier: 'work', payload }))),

    async work(handle) {
      runner = await run({ preset, taskList: { work: async data => handle(data) } });
    },

    rest: () => runner.stop(),

    async isDrained() {
      const { rows } = await utils.withPgClient(client => client.query('select exists (select from graphile_worker.jobs) as any'));
      return !rows[0].any;
    },
  };
}
