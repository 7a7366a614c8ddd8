import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { OwnSettings, PatchMeBody, Person, Queue, Store } from '#contracts';
import { demand, PeopleService, type Principal } from '#identity';
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
  changeMe(@Me() me: Principal, @Body({ schema: PatchMeBody }) body: PatchMeBody): Promise<OwnSettings> {
    return this.database.transaction((tx) => this.directory.setOwn(tx, me.id, body));
  }

  @Get('stores')
  @Answers(200, all(Store))
  async stores(): Promise<{ items: Store[] }> {
    return { items: await this.directory.stores(this.database.manager) };
  }

  @Get('queues')
  @Answers(200, all(Queue))
  async queues(): Promise<{ items: Queue[] }> {
    return { items: await this.directory.queues(this.database.manager) };
  }
}
