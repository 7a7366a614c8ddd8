import { Module } from '@nestjs/common';
import { ClockService } from './clocks/clock.service.js';

/** When it is open, and how long things take by that. */
@Module({ providers: [ClockService], exports: [ClockService] })
export class SlaModule {}
