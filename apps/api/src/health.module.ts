import { Module } from '@nestjs/common';
import { HealthController } from './routes/health.controller.js';

/** Every role answers /healthz, /readyz and /metrics, also a worker that serves nothing else. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
