import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Mailboxes, MailboxTester } from '#channels';
import { Mailbox, MailboxList, MailboxTest, NewMailboxBody, PatchMailboxBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** The mailboxes that are watched. How to log in goes in and never comes out. */
@ApiTags('mailboxes')
@Controller('api/v1/mailboxes')
export class MailboxesController {
  constructor(
    private readonly database: DataSource,
    private readonly mailboxes: Mailboxes,
    private readonly tester: MailboxTester,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Answers(200, MailboxList)
  async list(@Me() me: Principal): Promise<{ items: Mailbox[] }> {
    demand(me, 'mailbox.manage');
    return { items: await this.mailboxes.list() };
  }

  @Post()
  @Answers(201, Mailbox)
  async add(@Me() me: Principal, @Body({ schema: NewMailboxBody }) body: NewMailboxBody): Promise<Mailbox> {
    demand(me, 'mailbox.manage');
    const mailbox = await withRetry(this.database, async (tx) =>
      this.mailboxes.show(tx, await this.mailboxes.add(tx, body)),
    );
    this.wake.ring('mailboxes');
    return mailbox;
  }

  @Patch(':id')
  @Answers(200, Mailbox)
  async change(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: PatchMailboxBody }) body: PatchMailboxBody,
  ): Promise<Mailbox> {
    demand(me, 'mailbox.manage');
    const mailbox = await withRetry(this.database, async (tx) => {
      await this.mailboxes.change(tx, id, body);
      return this.mailboxes.show(tx, id);
    });
    this.wake.ring('mailboxes');
    return mailbox;
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204)
  async remove(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    demand(me, 'mailbox.manage');
    await withRetry(this.database, (tx) => this.mailboxes.remove(tx, id));
    this.wake.ring('mailboxes');
  }

  /** Connects, logs in and looks into the folder; takes nothing in. What does not work is an answer, not an error. */
  @Post(':id/test')
  @HttpCode(200)
  @Answers(200, MailboxTest)
  async test(@Me() me: Principal, @Param('id') id: string): Promise<MailboxTest> {
    demand(me, 'mailbox.manage');
    return this.tester.test(await this.mailboxes.find(this.database.manager, id), me.language);
  }
}
