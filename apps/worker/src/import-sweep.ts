import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CustomerImports } from '#cases';
import { Sweep, Wake } from '#platform';

const EVERY_MS = 5000;

/** Takes the rows of imports in their turn, a portion at a time, also of one that a crash has cut short. */
@Injectable()
export class ImportSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweep: Sweep;

  constructor(imports: CustomerImports, wake: Wake) {
    this.sweep = new Sweep(ImportSweep.name, EVERY_MS, async () => {
      const more = await imports.takeSome();
      if (more) wake.ring('relay');
      return more;
    });
    wake.on('imports', () => this.sweep.poke());
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.sweep.stop();
  }
}
