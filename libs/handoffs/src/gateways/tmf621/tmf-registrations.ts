import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CLOCK, CONFIG, Secrets, type Clock, type Config } from '#platform';
import type { PartnerRecord } from '../../partners/partner-record.js';
import { peerOf, TmfPeers } from './tmf-peers.js';

const PURPOSE = 'tmf621.callback';
const [ID_BYTES, SIGNATURE_BYTES] = [16, 16];

/** Of an event only which ticket it is about is believed; the ticket is read where it is kept. */
const About = z.object({ event: z.object({ troubleTicket: z.looseObject({ id: z.coerce.string() }) }) });

/** That partners tell us of their tickets, and what they tell. */
@Injectable()
export class TmfRegistrations {
  constructor(
    private readonly database: DataSource,
    private readonly peers: TmfPeers,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks to be told, once; a partner that will not tell is asked for its tickets instead. */
  async ensure(partner: PartnerRecord): Promise<void> {
    const { url } = peerOf(partner);
    const known: unknown[] = await this.database.query(
      'select from tmf_registration where partner_id = $1 and url = $2',
      [partner.id, url],
    );
    if (known.length > 0) return;
    const answer = await this.peers.call(partner, 'POST', '/hub', { callback: this.callback(partner.id) });
    // 409: they know us already.
    if (answer.error !== null && answer.status !== 409) return;
    const hub = z.object({ id: z.coerce.string() }).safeParse(answer.body);
    await this.database.query(
      `insert into tmf_registration (partner_id, url, hub_id, registered_at) values ($1, $2, $3, $4)
       on conflict (partner_id) do update set url = excluded.url, hub_id = excluded.hub_id, registered_at = excluded.registered_at`,
      [partner.id, url, hub.success ? hub.data.id : null, this.clock.now()],
    );
  }

  /** Where a partner tells us: the address is the permission. */
  callback(partnerId: string): string {
    const id = Buffer.from(partnerId.replaceAll('-', ''), 'hex');
    const token = Buffer.concat([id, this.secrets.sign(PURPOSE, id.toString('hex'), SIGNATURE_BYTES)]);
    return new URL(`/tmf-api/partners/${token.toString('base64url')}`, this.config.http.baseUrl).href;
  }

  /** Something happened to a ticket of theirs: it is looked at now. @returns false: that is no address of ours */
  async heard(token: string, body: unknown): Promise<boolean> {
    const partnerId = this.partnerOf(token);
    if (partnerId === null) return false;
    const about = About.safeParse(body);
    if (about.success)
      await this.database.query(
        `update tmf_ticket set look_at = $3, fails = 0 where partner_id = $1 and ticket_id = $2 and home = 'theirs'`,
        [partnerId, about.data.event.troubleTicket.id, this.clock.now()],
      );
    return true;
  }

  private partnerOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    const id = bytes.subarray(0, ID_BYTES);
    const isOurs =
      bytes.length === ID_BYTES + SIGNATURE_BYTES &&
      bytes.toString('base64url') === token &&
      this.secrets.isSigned(PURPOSE, id.toString('hex'), bytes.subarray(ID_BYTES));
    return isOurs ? id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5') : null;
  }
}
