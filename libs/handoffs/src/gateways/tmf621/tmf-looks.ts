import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isHandoffEnded } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { readHandoff } from '../../handoff/handoff-record.js';
import { readPartner } from '../../partners/partner-record.js';
import { TheirTicket } from './ticket.js';
import { TmfNews } from './tmf-news.js';
import { TmfPeers } from './tmf-peers.js';
import { TmfRegistrations } from './tmf-registrations.js';

const PORTION = 10;
/** Whoever looks and dies leaves it for so long. */
const LEASE_MS = 60_000;
/** A partner that tells us nothing is asked so often. */
const POLL_MS = 10 * 60_000;
const FIRST_MS = 15_000;
const LONGEST_MS = 30 * 60_000;

interface Due {
  handoffId: string;
  partnerId: string;
  ticketId: string;
  fails: number;
  lookAt: Date;
}

/** Looks at the tickets of partners: soon after they told us of a change, and from time to time whatever they tell. */
@Injectable()
export class TmfLooks {
  private readonly log = new Logger('TmfLooks');

  constructor(
    private readonly database: DataSource,
    private readonly peers: TmfPeers,
    private readonly registrations: TmfRegistrations,
    private readonly news: TmfNews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that are due, one after the other. @returns whether there may be more right away */
  async lookSome(): Promise<boolean> {
    const due = await this.take();
    for (const one of due) await this.look(one);
    return due.length === PORTION;
  }

  private async take(): Promise<Due[]> {
    const now = this.clock.now();
    const [rows]: [Due[], number] = await this.database.query(
      `update tmf_ticket t set look_at = $2 from (
         select handoff_id from tmf_ticket where look_at <= $1 order by look_at limit ${PORTION} for update skip locked) due
       where t.handoff_id = due.handoff_id
       returning t.handoff_id as "handoffId", t.partner_id as "partnerId", t.ticket_id as "ticketId", t.fails, t.look_at as "lookAt"`,
      [now, new Date(now.getTime() + LEASE_MS)],
    );
    return rows;
  }

  private async look(due: Due): Promise<void> {
    const error = await this.tried(due);
    const { state } = await readHandoff(this.database.manager, due.handoffId);
    const wait = error === null ? POLL_MS : Math.min(FIRST_MS * 2 ** due.fails, LONGEST_MS);
    const next = error === null && isHandoffEnded(state) ? null : new Date(this.clock.now().getTime() + wait);
    // Where they told us something meanwhile, it is looked at again at once.
    await this.database.query(
      `update tmf_ticket set look_at = case when look_at = $2 then $3::timestamptz else look_at end, fails = case when $4::text is null then 0 else fails + 1 end,
         error = $4 where handoff_id = $1`,
      [due.handoffId, due.lookAt, next, error],
    );
  }

  /** Whatever goes wrong with one ticket is booked with it, and stops none of the others. */
  private async tried(due: Due): Promise<string | null> {
    try {
      const error = await this.read(due);
      if (error !== null) this.log.debug({ handoffId: due.handoffId }, error);
      return error;
    } catch (error) {
      this.log.error({ err: error, handoffId: due.handoffId }, 'a ticket could not be looked at');
      return (error instanceof Error ? error.message : String(error)).replaceAll('\u0000', '');
    }
  }

  /** @returns why it could not be read; null: it was */
  private async read({ handoffId, partnerId, ticketId }: Due): Promise<string | null> {
    const partner = await readPartner(this.database.manager, partnerId);
    if (!partner.tmf621) return 'nobody says where their system is';
    await this.registrations.ensure(partner);
    const answer = await this.peers.call(partner, 'GET', `/troubleTicket/${encodeURIComponent(ticketId)}`);
    if (answer.error !== null) return answer.error;
    const ticket = TheirTicket.safeParse(answer.body);
    if (!ticket.success || ticket.data.id !== ticketId) return 'what came back is not that trouble ticket';
    await this.news.take(await readHandoff(this.database.manager, handoffId), partner, ticket.data);
    return null;
  }
}
