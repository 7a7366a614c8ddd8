import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Id, OwnSettings, PatchMeBody, PatchStoreBody, Person, StoreWithFacts } from '#contracts';
import { StoreFactsService } from '#cases';
import { demand, PeopleService, type Principal } from '#identity';
import { NotificationBell, ShiftDigest } from '#notifications';
import { withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

const all = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** The small sets one chooses from. */
@ApiTags('people')
@Controller('api/v1')
export class PeopleController {
  constructor(
    private readonly database: DataSource,
    private readonly directory: PeopleService,
    private readonly storeFacts: StoreFactsService,
    private readonly digest: ShiftDigest,
    private readonly bell: NotificationBell,
  ) {}

  @Get('people')
  @Answers(200, all(Person))
  async people(@Me() me: Principal): Promise<{ items: Person[] }> {
    demand(me, 'person.list');
    return { items: await this.directory.people(this.database.manager) };
  }

  @Get('people/me')
  @Answers(200, OwnSettings)
  me(@Me() me: Principal): Promise<OwnSettings> {
    return this.directory.own(this.database.manager, me.id);
  }

  @Patch('people/me')
  @Answers(200, OwnSettings)
  async changeMe(@Me() me: Principal, @Body({ schema: PatchMeBody }) body: PatchMeBody): Promise<OwnSettings> {
    const { own, told } = await withRetry(this.database, async (tx) => {
      const told = body.onShift === undefined ? [] : await this.digest.turn(tx, me.id, body.onShift);
      return { told, own: await this.directory.setOwn(tx, me.id, body) };
    });
    this.bell.ring(told);
    return own;
  }

  @Get('stores')
  @Answers(200, all(StoreWithFacts))
  async stores(): Promise<{ items: StoreWithFacts[] }> {
    return { items: await this.storeFacts.all(this.database.manager) };
  }

  /** How a store is doing today, said by those who work there. */
  @Patch('stores/:id')
  @Answers(200, StoreWithFacts)
  tellOfStore(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchStoreBody }) body: PatchStoreBody,
  ): Promise<StoreWithFacts> {
    return withRetry(this.database, (tx) => this.storeFacts.tell(tx, me, id, body));
  }
}
