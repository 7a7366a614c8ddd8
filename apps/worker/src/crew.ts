import { Injectable } from '@nestjs/common';
import { DeliveryJob, DeliverySweep, SanitiseJob } from '#channels';
import { JobQueues } from '#platform';

/** Those who do the jobs, and the sweep that makes jobs of due messages. */
@Injectable()
export class Crew {
  constructor(
    private readonly queues: JobQueues,
    private readonly sweep: DeliverySweep,
    private readonly delivery: DeliveryJob,
    private readonly sanitise: SanitiseJob,
  ) {}

  async start(): Promise<void> {
    this.queues.start([this.delivery, this.sanitise]);
    await this.sweep.start();
  }

  async stop(): Promise<void> {
    await this.sweep.stop();
    await this.queues.stop();
  }
}
