import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { TakeNextAnswer, UpcomingAnswer } from '#contracts';
import { TakeNextService } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { CLOCK, Wake, withRetry, type Clock } from '#platform';
import { NextView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** What I take up next. */
@ApiTags('queues')
@Controller('api/v1/next')
export class NextController {
  constructor(
    private readonly database: DataSource,
    private readonly service: TakeNextService,
    private readonly view: NextView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is due next, when nothing is now. */
  @Get()
  @Answers(200, UpcomingAnswer)
  async upcoming(@Me() me: Principal): Promise<UpcomingAnswer> {
    return { upcoming: await this.view.upcoming(this.database.manager, readerOf(me), this.clock.now()) };
  }

  /** Takes the most urgent case that waits where I work: no two people are ever given the same. */
  @Post()
  @HttpCode(200)
  @Answers(200, TakeNextAnswer)
  async take(@Me() me: Principal, @IdempotencyKey() key: string | undefined): Promise<TakeNextAnswer> {
    const answer = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['next'], async () => {
        const taken = await this.service.take(tx, me, this.view.waiting(tx, readerOf(me)));
        return {
          case: taken === null ? null : await this.view.row(tx, taken),
          upcoming: taken ? null : await this.view.upcoming(tx, readerOf(me), this.clock.now()),
        };
      }),
    );
    this.wake.ring('relay');
    return answer;
  }
}
