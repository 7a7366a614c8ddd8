import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { DeskLinkList, Id, IssuedDeskLink } from '#contracts';
import { DeskLinks } from '#handoffs';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** Links by which a partner works on a handoff without an account. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs')
export class DeskLinksController {
  constructor(
    private readonly database: DataSource,
    private readonly links: DeskLinks,
    private readonly wake: Wake,
  ) {}

  @Get(':id/links')
  @Answers(200, DeskLinkList)
  async list(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof DeskLinkList>> {
    return { items: await this.links.list(this.database.manager, me, id) };
  }

  /** The address of the link is in this answer and in no other. */
  @Post(':id/links')
  @Answers(201, IssuedDeskLink)
  async issue(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<IssuedDeskLink> {
    const made = await withRetry(this.database, async (tx) => {
      const { id: linkId, url } = await this.links.issueBy(tx, me, id);
      const link = (await this.links.list(tx, me, id)).find((one) => one.id === linkId);
      if (!link) throw new Error('a link that was made is not on its handoff');
      return { ...link, url };
    });
    this.wake.ring('relay');
    return made;
  }

  @Delete(':id/links/:linkId')
  @HttpCode(204)
  @Answers(204)
  async revoke(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('linkId', { schema: Id }) linkId: string,
  ): Promise<void> {
    await withRetry(this.database, (tx) => this.links.revokeBy(tx, me, id, linkId));
    this.wake.ring('relay');
  }
}
