import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CaseClocks } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import type { Principal } from '#identity';
import { ClockView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

/** What is measured of a case, with every start, pause and end and who made it. */
@ApiTags('cases')
@Controller('api/v1/cases/:id/clocks')
export class ClocksController {
  constructor(
    private readonly database: DataSource,
    private readonly view: ClockView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(200, CaseClocks)
  list(@Me() me: Principal, @Param('id') id: string): Promise<CaseClocks> {
    return this.view.find(this.database.manager, readerOf(me), canonical(id), this.clock.now());
  }
}
