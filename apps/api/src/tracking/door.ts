import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseLinks, Doors, WRONG_LINKS, type OpenLink } from '#cases';

/**
 * The door to the pages of cases. Whoever tries links finds out nothing: one answer for all that lead nowhere, and after some of
 * them none at all for their network, right or wrong.
 */
@Injectable()
export class TrackingDoor {
  constructor(
    private readonly database: DataSource,
    private readonly links: CaseLinks,
    private readonly doors: Doors,
  ) {}

  /** @returns the link, `wrong` when it leads nowhere, `shut` when too many from this address did */
  async enter(token: string, address: string): Promise<OpenLink | 'wrong' | 'shut'> {
    const key = this.doors.from('link', address);
    if (await this.doors.isShut(key, WRONG_LINKS)) return 'shut';
    const link = await this.links.find(this.database.manager, token);
    if (link) return link;
    // Counted before it is answered: those who guess all at once get no more answers than those who guess one by one.
    return (await this.doors.knock(key, WRONG_LINKS)) ? 'shut' : 'wrong';
  }
}
