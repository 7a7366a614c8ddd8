import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseCodeAnswer,
  CaseLinks as CaseLinksAnswer,
  Id,
  IssuedLink,
  IssueLinkBody,
  ScanAnswer,
  ScanBody,
} from '#contracts';
import { CaseCodes, CaseLinks } from '#cases';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** Links by which a customer follows their case, and the code by which everybody finds it. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class LinksController {
  constructor(
    private readonly database: DataSource,
    private readonly links: CaseLinks,
    private readonly codes: CaseCodes,
    private readonly wake: Wake,
  ) {}

  /** What was scanned or typed, as the case it names. */
  @Post('scan')
  @HttpCode(200)
  @Answers(200, ScanAnswer)
  async scan(@Me() me: Principal, @Body({ schema: ScanBody }) { code }: z.infer<typeof ScanBody>): Promise<ScanAnswer> {
    const answer = await withRetry(this.database, (tx) => this.codes.scan(tx, me, code));
    if (answer.until) this.wake.ring('relay');
    return answer;
  }

  @Get(':id/code')
  @Answers(200, CaseCodeAnswer)
  code(@Me() me: Principal, @Param('id') id: string): Promise<CaseCodeAnswer> {
    return this.codes.show(this.database.manager, me, id);
  }

  @Get(':id/links')
  @Answers(200, CaseLinksAnswer)
  async list(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof CaseLinksAnswer>> {
    return { items: await this.links.list(this.database.manager, me, id) };
  }

  /** The address of the link is in this answer and in no other. */
  @Post(':id/links')
  @Answers(201, IssuedLink)
  async issue(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: IssueLinkBody }) { contactPointId }: z.infer<typeof IssueLinkBody>,
  ): Promise<IssuedLink> {
    const made = await withRetry(this.database, async (tx) => {
      const { id: linkId, url } = await this.links.issueBy(tx, me, id, contactPointId);
      const link = (await this.links.list(tx, me, id)).find((one) => one.id === linkId);
      if (!link) throw new Error('a link that was made is not on its case');
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
    @Param('id') id: string,
    @Param('linkId', { schema: Id }) linkId: string,
  ): Promise<void> {
    await withRetry(this.database, (tx) => this.links.revokeBy(tx, me, id, linkId));
    this.wake.ring('relay');
  }
}
