import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TmfHub, TmfLooks } from '#handoffs';
import { correlated, Sweep, Wake } from '#platform';

const EVERY_MS = 1000;

/** Looks at tickets that partners keep for us, and tells partners of those we keep for them. */
@Injectable()
export class TicketSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweeps: Sweep[];

  constructor(looks: TmfLooks, hub: TmfHub, wake: Wake) {
    const looking = async () => {
      const more = await looks.lookSome();
      if (more) wake.ring('relay');
      return more;
    };
    this.sweeps = [
      new Sweep('TicketLooks', EVERY_MS, () => correlated(null, looking)),
      new Sweep('TicketHub', EVERY_MS, () => correlated(null, () => hub.tellSome())),
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }
}
