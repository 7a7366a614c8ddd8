import type { Actor } from '#cases';
import type { Channel } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import type { StaffKey } from '../carrier.js';
import type { QueueKey } from '../queues.js';
import type { Happening, Life } from './lives.js';
import type { Rows } from './rows.js';

/** Who and what the past is written of. */
export interface House {
  people: Map<StaffKey, Principal>;
  stores: Map<string, string>;
  queues: Map<QueueKey, string>;
  /** Our address, and our account on X. */
  accounts: Partial<Record<Channel, string>>;
  now: Date;
}

export type Said = Extract<Happening, { does: 'asks' | 'answers' | 'visits' | 'calls' }>;

export const isWritten = (channel: Channel): boolean => channel === 'twitter' || channel === 'email';

/** What was said in a case, by every way, with the rows that hang on it. */
export class Talk {
  direction: 'inbound' | 'outbound' = 'inbound';
  lastId = '';
  private readonly threads = new Map<Channel, string>();
  private readonly channels = new Set<Channel>();
  private last: { said: Said; channel: Channel } | null = null;
  private unread = 0;

  constructor(
    private readonly life: Life,
    private readonly house: House,
    private readonly rows: Rows,
    private readonly of: { caseId: string; points: Map<Channel, string> },
  ) {}

  get isSilent(): boolean {
    return this.last === null;
  }

  /** @returns the id of the interaction */
  add(said: Said, author: Actor, direction: Talk['direction'], channel: Channel): string {
    const [id, at] = [newId(), new Date(said.at).toISOString()];
    this.last = { said, channel };
    this.direction = direction;
    this.lastId = id;
    this.channels.add(channel);
    this.unread = direction === 'inbound' && isWritten(channel) ? this.unread + 1 : 0;
    const storeId = said.does === 'visits' ? this.house.stores.get(said.store) : null;
    const mail = channel === 'email' && { subject: this.life.trouble.problem, message_id: `<${id}@correo.test>` };
    const came = direction === 'inbound' && {
      external_id: `demo-${id}`,
      matched_by: isWritten(channel) ? 'contact_point' : 'customer',
    };
    this.rows.add('interaction', {
      ...{ id, case_id: this.of.caseId, channel, direction, text: said.text, store_id: storeId },
      ...{ contact_point_id: this.of.points.get(channel) ?? null, thread_id: this.threadOf(channel, at) },
      ...{ author_kind: author.kind, author_id: author.id, author_name: author.name, notices: [] },
      ...{ automatic: false, opens_thread: true, occurred_at: at, received_at: at, ...mail, ...came },
    });
    this.hang(said, { id, at, channel, direction, authorId: author.id, storeId });
    return id;
  }

  /** What a row of the inbox says of it. */
  columns(): Record<string, unknown> {
    if (!this.last) throw new Error(`nobody said anything in the case of ${this.life.customer.name}`);
    const isOurs = this.direction === 'outbound';
    const { said, channel } = this.last;
    return {
      ...{ channels: [...this.channels], preview: said.text.slice(0, 140), unread: this.unread },
      ...{
        last_channel: channel,
        last_direction: this.direction,
        last_interaction_at: new Date(said.at).toISOString(),
      },
      next_action: isOurs ? 'await_customer' : 'reply',
      next_action_no_due: isOurs ? 'customers_turn' : 'in_turn',
    };
  }

  private hang(
    said: Said,
    of: {
      id: string;
      at: string;
      channel: Channel;
      direction: string;
      authorId: string | null;
      storeId?: string | null;
    },
  ): void {
    const row = { interaction_id: of.id, created_at: of.at };
    if (said.does === 'visits') {
      this.rows.add('visit', { id: newId(), ...row, store_id: of.storeId, staff_id: of.authorId });
      this.rows.add('case_store', { store_id: of.storeId, case_id: this.of.caseId });
    }
    if (said.does === 'calls')
      this.rows.add('call', {
        ...{ id: newId(), ...row, agent_id: of.authorId, direction: of.direction, outcome: 'answered', times: 1 },
        phone: `+34${this.life.customer.phone ?? ''}`,
      });
    if (of.direction === 'outbound')
      this.rows.add('delivery', {
        ...{ interaction_id: of.id, channel: of.channel, state: 'sent', due_at: of.at, first_due_at: of.at },
        ...{ attempts: 1, claimed_attempt: 1, sent_at: of.at },
      });
  }

  private threadOf(channel: Channel, at: string): string | null {
    if (channel === 'store') return null;
    const known = this.threads.get(channel);
    if (known) return known;
    const id = newId();
    this.threads.set(channel, id);
    this.rows.add('channel_thread', {
      ...{ id, case_id: this.of.caseId, contact_point_id: this.of.points.get(channel), channel },
      ...{ account: this.house.accounts[channel] ?? null, message_refs: [], last_inbound_at: at },
      subject: channel === 'email' ? this.life.trouble.problem : null,
    });
    return id;
  }
}
