import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CustomerNews } from '#cases';
import { Id, ToldBody, UntoldNewsList } from '#contracts';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { canonical } from '../http/reader.js';

/** What a customer has to know and could not be written. */
@ApiTags('cases')
@Controller('api/v1/cases/:id/news')
export class CustomerNewsController {
  constructor(
    private readonly database: DataSource,
    private readonly news: CustomerNews,
    private readonly wake: Wake,
  ) {}

  /** Somebody has told them; answered with what is still to be told. */
  @Post(':newsId/told')
  @HttpCode(200)
  @Answers(200, UntoldNewsList)
  async told(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('newsId', { schema: Id }) newsId: string,
    @Body({ schema: ToldBody }) { how }: ToldBody,
  ): Promise<UntoldNewsList> {
    const items = await withRetry(this.database, async (tx) => {
      const caseId = await this.news.told(tx, me, canonical(id), newsId, how);
      return this.news.untold(tx, caseId);
    });
    this.wake.ring('relay');
    return { items };
  }
}
