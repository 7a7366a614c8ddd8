import { JobQueues, newId, type JobHandler } from '#platform';
import { JOBS, type JobData, type JobName } from '#contracts';
import { waitFor } from '../support/wait.js';

/** What a queue must do on either backend. */
export function queueSuite(connection: () => Promise<{ databaseUrl: string; redisUrl: string | undefined }>): void {
  let queues: JobQueues;
  let ran: JobData<'delivery.send'>[] = [];
  let failures = 0;
  const send: JobHandler<'delivery.send'> = {
    job: 'delivery.send',
    run: (data) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('not yet'));
      }
      ran.push(data);
      return Promise.resolve();
    },
  };
  /** Whoever does the other jobs of the house. */
  const others = (Object.keys(JOBS) as JobName[])
    .filter((job) => job !== 'delivery.send')
    .map((job): JobHandler => ({ job, run: () => Promise.resolve() }));
  const job = (attempt = 1) => ({ interactionId: newId(), attempt, correlationId: 'request-1' });

  beforeEach(async () => {
    ran = [];
    failures = 0;
    queues = await JobQueues.open({ ...(await connection()), prefix: `test-${newId()}` });
  });
  afterEach(() => queues.close());

  it('runs every job once, with the data it was given', async () => {
    queues.start([send, ...others]);
    const jobs = Array.from({ length: 50 }, (_, index) => ({ id: newId(), data: job(index) }));
    await queues.add('delivery.send', jobs);
    await waitFor(() => ran.length === 50);
    expect(new Set(ran.map((data) => data.interactionId))).toEqual(new Set(jobs.map(({ data }) => data.interactionId)));
    expect(ran.every((data) => data.correlationId === 'request-1')).toBe(true);
  });

  it('keeps jobs for a worker that comes later, and adds an id once', async () => {
    const only = { id: newId(), data: job() };
    await queues.add('delivery.send', [only]);
    await queues.add('delivery.send', [only]);
    queues.start([send, ...others]);
    const last = { id: newId(), data: job() };
    await queues.add('delivery.send', [last]);
    await waitFor(() => ran.some((data) => data.interactionId === last.data.interactionId));
    expect(ran.filter((data) => data.interactionId === only.data.interactionId)).toHaveLength(1);
  });

  it('tries a failed job again', async () => {
    failures = 2;
    queues.start([send, ...others]);
    await queues.add('delivery.send', [{ id: newId(), data: job() }]);
    await waitFor(() => ran.length === 1);
    expect(failures).toBe(0);
  });

  it('answers a ping, and stops with nothing in hand', async () => {
    queues.start([send, ...others]);
    await queues.ping();
    await queues.stop();
    await queues.add('delivery.send', [{ id: newId(), data: job() }]);
    expect(ran).toHaveLength(0);
  });

  it('refuses to start with a job nobody does, or two do', () => {
    expect(() => queues.start([send])).toThrow(/interaction\.sanitise/u);
    expect(() => queues.start([send, send, ...others])).toThrow(/exactly one/u);
  });
}
