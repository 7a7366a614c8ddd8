import type { EntityManager } from 'typeorm';
import { withoutCodes } from '#contracts';
import { sameText, timeOfId, type DirectMessage } from './direct-message.rules.js';

/** Two clocks agree to within this; an own message older than that cannot be the echo of a send. */
const CLOCK_SKEW_MS = 30_000;

interface Transmission {
  id: string;
  text: string;
  first_due_at: Date;
}

/**
 * Recognises our own sends in what X tells us: every message of our account comes back by webhook and poll, sometimes
 * before X has answered the send. A message that fits a send whose answer is still out gives it its external id, so that
 * intake finds it there. Run before intake, in the same transaction.
 * @returns ids of messages that are the second, third… of a reply: they are no interactions of their own
 */
export async function claimEchoes(tx: EntityManager, messages: readonly DirectMessage[]): Promise<Set<string>> {
  const own = messages.filter((message) => message.isOwn);
  if (own.length === 0) return new Set();
  const parts = await furtherParts(tx, own);
  const known = await storedIds(tx, own);
  for (const message of own.filter(({ id }) => !known.has(id) && !parts.has(id))) await claim(tx, message);
  return parts;
}

/** Which of these messages are there already: interactions, or further messages of one. */
export async function storedIds(tx: EntityManager, messages: readonly { id: string }[]): Promise<Set<string>> {
  if (messages.length === 0) return new Set();
  const rows: { id: string }[] = await tx.query(
    `select external_id as id from interaction where channel = 'twitter' and external_id = any($1)
     union select event_id from twitter_part where event_id = any($1) and part > 1`,
    [messages.map(({ id }) => id)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Files are known by the id their upload was given: a message that carries one of ours is ours, answered or not. */
async function furtherParts(tx: EntityManager, own: readonly DirectMessage[]): Promise<Set<string>> {
  const candidates = own.flatMap(({ id, media }) => [{ id, mediaId: media[0]?.id ?? null }]);
  const rows: { id: string }[] = await tx.query(
    `with echo as (select id, "mediaId" as media_id from jsonb_to_recordset($1::jsonb) as e (id text, "mediaId" text)),
     named as (update twitter_part p set event_id = echo.id from echo where p.media_id = echo.media_id and p.event_id is null and p.part > 1
       returning echo.id)
     select id from named
     union select echo.id from echo join twitter_part p on p.event_id = echo.id and p.part > 1`,
    [JSON.stringify(candidates)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A person on X as we know them, and as we knew them when we wrote. */
const CONTACT_POINTS = `select id from contact_point where kind = 'twitter' and value = $1 and valid_to is null and not shared
  union all select id from contact_point where kind = 'twitter' and value = $1 and valid_to is not null`;

async function claim(tx: EntityManager, message: DirectMessage): Promise<void> {
  // Case before delivery, the order everybody takes them in.
  await tx.query(
    `select from cases where id in (
       select i.case_id from delivery d join interaction i on i.id = d.interaction_id
       where d.channel = 'twitter' and d.state = 'pending' and d.transmitting_at is not null
         and i.contact_point_id in (${CONTACT_POINTS}))
     order by id for update`,
    [message.other.id],
  );
  // Locked: a delivery that is noting its answer at this moment goes first, and then no row is left to claim.
  const transmissions: Transmission[] = await tx.query(
    `select i.id, i.text, d.first_due_at
     from delivery d
     join interaction i on i.id = d.interaction_id
     where d.channel = 'twitter' and d.state = 'pending' and d.transmitting_at is not null
       and i.direction = 'outbound' and i.external_id is null and i.contact_point_id in (${CONTACT_POINTS})
     order by d.first_due_at, i.id
     for update of d`,
    [message.other.id],
  );
  const writtenAt = message.writtenAt === null ? timeOfId(message.id) : Date.parse(message.writtenAt);
  const fitting = transmissions.filter(
    (transmission) =>
      // What carried a one-time code stands here with dots in its place.
      sameText(transmission.text, withoutCodes(message.text)) &&
      (writtenAt === null || writtenAt >= transmission.first_due_at.getTime() - CLOCK_SKEW_MS),
  );
  for (const transmission of fitting) {
    const [claimed]: [{ id: string }[], number] = await tx.query(
      'update interaction set external_id = $2 where id = $1 and external_id is null returning id',
      [transmission.id, message.id],
    );
    // Another delivery of the same echo may have been first; then its id is there and nothing is left to do.
    if (claimed.length > 0 || (await storedIds(tx, [message])).has(message.id)) return;
  }
}
