import { Injectable } from '@nestjs/common';
import { ChannelHealth, DeliveryJob, DeliverySweep } from '#channels';
import { JobQueues, Sweep } from '#platform';
import { Reactions } from './reactions.js';

const CATCH_UP_MS = 30_000;
const TRAFFIC_MS = 5000;

/** Those who do the jobs, and the sweep that makes jobs of due messages. */
@Injectable()
export class Crew {
  private readonly leftovers = new Sweep('SanitiseLeftovers', CATCH_UP_MS, () => this.reactions.sanitise.catchUp());
  private readonly calls = new Sweep('CallLeftovers', CATCH_UP_MS, () => this.reactions.callAttach.catchUp());
  private readonly traffic = new Sweep('ChannelTraffic', TRAFFIC_MS, async () => {
    await this.health.flush();
    return false;
  });

  constructor(
    private readonly queues: JobQueues,
    private readonly sweep: DeliverySweep,
    private readonly delivery: DeliveryJob,
    private readonly health: ChannelHealth,
    private readonly reactions: Reactions,
  ) {}

  async start(): Promise<void> {
    this.queues.start([this.delivery, ...this.reactions.handlers]);
    await this.sweep.start();
    this.leftovers.start();
    this.traffic.start();
    this.calls.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.sweep.stop(), this.leftovers.stop(), this.traffic.stop(), this.calls.stop()]);
    await this.queues.stop();
  }
}
