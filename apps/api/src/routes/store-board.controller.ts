import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Id, StoreBoard } from '#contracts';
import { Intakes } from '#counter';
import type { Principal } from '#identity';
import { StoreBoardView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** What the people behind a counter look at between two customers. */
@ApiTags('counter')
@Controller('api/v1/stores')
export class StoreBoardController {
  constructor(
    private readonly database: DataSource,
    private readonly intakes: Intakes,
    private readonly view: StoreBoardView,
  ) {}

  @Get(':id/board')
  @Answers(200, StoreBoard)
  async board(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<StoreBoard> {
    const { manager } = this.database;
    const intakes = await this.intakes.open(manager, me, id);
    return { ...(await this.view.read(manager, readerOf(me), id)), intakes };
  }
}
