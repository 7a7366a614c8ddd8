import { Controller, Delete, Get, HttpCode, Logger, Param, Post, Query, Redirect } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { TwitterAccounts as Accounts, TwitterConnect } from '#contracts';
import { ConnectService, TwitterAccounts } from '#channels';
import { demand, type Principal } from '#identity';
import { DomainError } from '#platform';
import { Answers } from '../http/answers.js';
import { Me, Public } from '../http/principal.js';

const UserId = z.string().regex(/^\d{1,20}$/);
const CameBack = z.object({
  state: z.string().max(1000).optional().catch(undefined),
  code: z.string().max(1000).optional().catch(undefined),
});
/** The page of the product that shows the accounts. */
const PAGE = '/channels';

/** The care accounts on X: who they are, how they are doing, connecting and letting go of them. Administrators only. */
@ApiTags('twitter accounts')
@Controller('api/v1/twitter')
export class TwitterAccountsController {
  private readonly log = new Logger(TwitterAccountsController.name);

  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly connecting: ConnectService,
  ) {}

  @Get('accounts')
  @Answers(200, Accounts)
  async list(@Me() me: Principal): Promise<z.infer<typeof Accounts>> {
    demand(me, 'channel.manage');
    return { items: await this.accounts.list() };
  }

  /** Where to send the browser of whoever owns the account. */
  @Post('accounts/connect')
  @HttpCode(200)
  @Answers(200, TwitterConnect)
  connect(@Me() me: Principal): TwitterConnect {
    demand(me, 'channel.manage');
    return this.connecting.begin();
  }

  /** Asks X whether it takes the keys, now. */
  @Post('accounts/:userId/check')
  @HttpCode(200)
  @Answers(200, Accounts)
  async check(
    @Me() me: Principal,
    @Param('userId', { schema: UserId }) userId: string,
  ): Promise<z.infer<typeof Accounts>> {
    demand(me, 'channel.manage');
    await this.connecting.check(userId);
    return { items: await this.accounts.list() };
  }

  @Delete('accounts/:userId')
  @HttpCode(204)
  @Answers(204)
  async remove(@Me() me: Principal, @Param('userId', { schema: UserId }) userId: string): Promise<void> {
    demand(me, 'channel.manage');
    await this.connecting.remove(userId);
  }

  /** X sends the browser back here. What it brings is proof enough: the state is ours, sealed and short-lived. */
  @Get('callback')
  @Public()
  @Redirect()
  @Answers(302)
  async callback(@Query({ schema: CameBack }) { state, code }: z.infer<typeof CameBack>): Promise<{ url: string }> {
    try {
      if (!state || !code) throw new DomainError('twitter.connect_refused');
      return { url: `${PAGE}?connected=${await this.connecting.finish(state, code)}` };
    } catch (error) {
      const known = error instanceof DomainError ? error.code : 'server.unexpected';
      this.log.warn(`an account on X was not connected: ${known}`);
      return { url: `${PAGE}?refused=${known}` };
    }
  }
}
