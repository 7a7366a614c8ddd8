import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Doors, WRONG_LINKS } from '#cases';
import { WallLinkService, type Wall } from '#identity';
import { DomainError, Lately, Shared } from '#platform';

/** So long a token is believed without being looked up. */
const BELIEVED_MS = 1000;
const SCREENS = 200;

/** Where screens on walls come in: without a session, as often as they like. */
@Injectable()
export class WallDoor {
  private readonly opened = new Shared<Wall>(BELIEVED_MS, SCREENS);
  private readonly known = new Lately<true>(SCREENS);

  constructor(
    private readonly database: DataSource,
    private readonly links: WallLinkService,
    private readonly doors: Doors,
  ) {}

  /**
   * Looks a token up once a second at most. A network that tries many which open nothing is kept out for a while, but for the
   * screens that were let in from anywhere before.
   * @throws DomainError wall.closed, door.throttled
   */
  open(token: string, ip: string): Promise<Wall> {
    return this.opened.of(token, () => this.lookUp(token, this.doors.from('wall', ip)));
  }

  /** A link was taken back: it opens nothing from now on. */
  forget(): void {
    this.opened.forget();
  }

  private async lookUp(token: string, door: string): Promise<Wall> {
    if (!this.known.get(token) && (await this.doors.isShut(door, WRONG_LINKS))) throw new DomainError('door.throttled');
    try {
      const wall = await this.links.open(this.database.manager, token);
      this.known.set(token, true);
      return wall;
    } catch (error) {
      this.known.delete(token);
      if (error instanceof DomainError) await this.doors.knock(door, WRONG_LINKS);
      throw error;
    }
  }
}
