import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { MailboxAccess, type Mailbox, type NewMailboxBody, type PatchMailboxBody } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, Secrets, sqlState, type Clock, type Config } from '#platform';
import { normaliseAddress } from './address.rules.js';
import { isOnAnotherServer, leadsElsewhere, placeOf, type MailboxPlace } from './mailbox.rules.js';
import { isNearHost } from './near.hosts.js';
import { OwnAddresses } from './own.addresses.js';

/** A mailbox and how to log in to it. */
export interface OpenMailbox extends Mailbox {
  access: MailboxAccess;
}

/** A mailbox as far as it can be known without opening its secret. */
export interface SealedMailbox extends Mailbox {
  /** Another one after every change by a person: what was started with the old one must start again. */
  revision: number;
  open(): OpenMailbox;
}

interface MailboxRow extends Mailbox {
  access: string;
  revision: number;
}

/** What was sealed cannot be opened any more: it must be entered again, as after a refused login. */
class SecretLost extends Error {
  readonly authenticationFailed = true;
}

const PURPOSE = 'mailbox';
const Id = z.uuid();
const COLUMNS = `id, address, host, port, security, username, folder, move_to as "moveTo", access_kind as "accessKind", trusted_authserv as "trustedAuthserv", active, access, revision`;

/** The mailboxes there are: those of the table, and the one of `HILO_IMAP_URL`. */
@Injectable()
export class Mailboxes {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
    private readonly database: DataSource,
    private readonly secrets: Secrets,
    private readonly own: OwnAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Without their secrets, for people. */
  async list(): Promise<Mailbox[]> {
    return (await this.all()).map(visible);
  }

  /** @throws DomainError mailbox.not_found */
  async show(tx: EntityManager, id: string): Promise<Mailbox> {
    return visible(await this.find(tx, id));
  }

  /** With what it takes to open them. */
  async all(): Promise<SealedMailbox[]> {
    const rows: MailboxRow[] = await this.database.query(`select ${COLUMNS} from mailbox order by address`);
    const fromEnvironment = this.fromEnvironment();
    return [...(fromEnvironment ? [fromEnvironment] : []), ...rows.map((row) => this.sealed(row))];
  }

  /** @throws DomainError mailbox.not_found */
  async find(tx: EntityManager, id: string): Promise<SealedMailbox> {
    const fromEnvironment = id === 'environment' ? this.fromEnvironment() : null;
    if (fromEnvironment) return fromEnvironment;
    if (!Id.safeParse(id).success) throw new DomainError('mailbox.not_found');
    const [row]: MailboxRow[] = await tx.query(`select ${COLUMNS} from mailbox where id = $1`, [id]);
    if (!row) throw new DomainError('mailbox.not_found');
    return this.sealed(row);
  }

  /** @throws DomainError mailbox.taken, mailbox.insecure, contact.invalid */
  async add(tx: EntityManager, body: NewMailboxBody): Promise<string> {
    const id = newId();
    const { host, port, security, username, folder, moveTo, access, trustedAuthserv, active } = body;
    const address = this.free(body.address, body);
    await unlessTaken(
      tx.query(
        `insert into mailbox (id, address, host, port, security, username, folder, move_to, access, access_kind, trusted_authserv, active, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
        [
          ...[id, address, host, port, security, username, folder, moveTo === folder ? null : moveTo],
          ...[this.seal(access), access.kind, trustedAuthserv, active, this.clock.now()],
        ],
      ),
    );
    this.own.forget();
    return id;
  }

  /**
   * What is not in the body stays. The secret only for the server and the account it was entered for: nobody gets it out by
   * sending it elsewhere. The mail server whose word is believed only as long as the mailbox stays on its server.
   * @throws DomainError mailbox.not_found, mailbox.taken, mailbox.from_environment, mailbox.access_needed, mailbox.insecure
   */
  async change(tx: EntityManager, id: string, body: PatchMailboxBody): Promise<void> {
    const before = await this.changeable(tx, id);
    const now = { ...before, ...body };
    if (!body.access && leadsElsewhere(before, now)) throw new DomainError('mailbox.access_needed');
    const address = this.free(now.address, now);
    // Another server checks nothing for the one that was before it: whoever writes that name on a mail there would be believed.
    const trusted = isOnAnotherServer(before, now) ? (body.trustedAuthserv ?? null) : now.trustedAuthserv;
    await unlessTaken(
      tx.query(
        `update mailbox set address = $2, host = $3, port = $4, security = $5, username = $6, folder = $7, move_to = $8,
           access = coalesce($9, access), access_kind = coalesce($10, access_kind), active = $11, updated_at = $12, trusted_authserv = $13,
           revision = revision + 1 where id = $1`,
        [
          ...[id, address, now.host, now.port, now.security, now.username, now.folder],
          ...[now.moveTo === now.folder ? null : now.moveTo, body.access ? this.seal(body.access) : null],
          ...[body.access?.kind ?? null, now.active, this.clock.now(), trusted],
        ],
      ),
    );
    this.own.forget();
  }

  /** How far it was read is not forgotten: added again, it goes on there. @throws DomainError as `change` does */
  async remove(tx: EntityManager, id: string): Promise<void> {
    await this.changeable(tx, id);
    await tx.query('delete from mailbox where id = $1', [id]);
    this.own.forget();
  }

  /** Keeps what a token server gave instead of the old refresh token, unless somebody changed it meanwhile. */
  async renew(mailbox: SealedMailbox, access: MailboxAccess): Promise<void> {
    await this.database.query('update mailbox set access = $3 where id = $1 and revision = $2', [
      mailbox.id,
      mailbox.revision,
      this.seal(access),
    ]);
  }

  private async changeable(tx: EntityManager, id: string): Promise<Mailbox> {
    if (id === 'environment' && this.config.mail.imap.url) throw new DomainError('mailbox.from_environment');
    return visible(await this.find(tx, id));
  }

  private free(written: string, place: MailboxPlace): string {
    if (place.security === 'none' && !isNearHost(place.host)) throw new DomainError('mailbox.insecure');
    const address = normaliseAddress(written);
    if (!address) throw new DomainError('contact.invalid');
    const other = this.fromEnvironment();
    const isSame =
      other &&
      other.host === place.host &&
      other.port === place.port &&
      other.username === place.username &&
      other.folder === place.folder;
    if (isSame) throw new DomainError('mailbox.taken');
    return address;
  }

  private fromEnvironment(): SealedMailbox | null {
    const { address, imap, trustedAuthserv = null } = this.config.mail;
    if (!imap.url) return null;
    const { password, ...place } = placeOf(imap.url);
    const access: MailboxAccess = { kind: 'password', password };
    const mailbox = {
      id: 'environment',
      address,
      ...place,
      moveTo: null,
      accessKind: 'password',
      trustedAuthserv,
      active: true,
    } as const;
    return { ...mailbox, revision: 0, open: () => ({ ...mailbox, access }) };
  }

  private sealed({ access, revision, ...mailbox }: MailboxRow): SealedMailbox {
    return {
      ...mailbox,
      revision,
      open: () => ({ ...mailbox, access: this.unseal(access) }),
    };
  }

  private unseal(sealed: string): MailboxAccess {
    try {
      return MailboxAccess.parse(JSON.parse(this.secrets.open(PURPOSE, sealed)));
    } catch (error) {
      throw new SecretLost('the stored password or token cannot be read: HILO_SECRET is another one', { cause: error });
    }
  }

  private seal(access: MailboxAccess): string {
    return this.secrets.seal(PURPOSE, JSON.stringify(access));
  }
}

const visible = (mailbox: Mailbox): Mailbox => {
  const { id, address, host, port, security, username, folder, moveTo, accessKind, trustedAuthserv, active } = mailbox;
  return { id, address, host, port, security, username, folder, moveTo, accessKind, trustedAuthserv, active };
};

async function unlessTaken(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (sqlState(error) === '23505') throw new DomainError('mailbox.taken');
    throw error;
  }
}
