import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PeopleService } from '#identity';
import { ALL_CASES, batched, CLOCK, Doorbell, personRoom, type Clock } from '#platform';
import { hearersOf } from './ringing.rules.js';

const EVERYBODY = [ALL_CASES, batched(ALL_CASES)];

/** Tells the right people that a telephone rings, wherever they are signed in. */
@Injectable()
export class RingingService {
  constructor(
    private readonly database: DataSource,
    private readonly people: PeopleService,
    private readonly doorbell: Doorbell,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param extension as the switchboard names it; null: nobody's in particular */
  async ring(phone: string, extension: string | null): Promise<void> {
    const desks = extension === null ? [] : await this.people.extensions(this.database.manager);
    const { only, except } = hearersOf(extension, desks);
    const rooms = { to: only?.map(personRoom) ?? EVERYBODY, except: except.map(personRoom) };
    this.doorbell.ring(rooms, 'call.ringing', { phone, extension, at: this.clock.now().toISOString() });
  }
}
