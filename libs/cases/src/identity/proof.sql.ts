import type { EntityManager } from 'typeorm';
import type { PersonRef, ProofLevel } from '#contracts';
import type { GivenProof, LastWord, Standing } from './proof.rules.js';

/** A message proves something of its channel for so long. */
const SPOKEN_HOURS = 24;

/** `Standing` of a contact point `p` whose customer is `cu`. */
export const STANDING = `p.source, p.verified_at is not null as "isVerified", p.shared as "isShared", p.valid_to is not null as "hasEnded",
  p.created_at as "createdAt", cu.created_at as "customerCreatedAt", exists (select from customer m where m.merged_into = cu.id and not m.provisional) as "isJoined"`;

/**
 * The proofs given for a case that count at `now`. Not those of a customer it was somebody else's case of, nor those given
 * before another record was taken in: for less, or for the other one. They count again once that is undone. A document seen
 * by the kept side still says who stands there.
 */
export async function givenProofs(
  tx: EntityManager,
  caseId: string,
  now: Date,
): Promise<(GivenProof & { by: PersonRef | null })[]> {
  return tx.query(
    `select f.level, f.method, f.expires_at as "expiresAt",
       case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as by
     from proof f join cases c on c.id = f.case_id and c.customer_id = f.customer_id
       left join contact_point p on p.id = f.contact_point_id left join agent a on a.id = f.taken_by
     where f.case_id = $1 and f.expires_at > $2 and f.given_at <= $2
       and (f.contact_point_id is null or (p.customer_id = c.customer_id and p.valid_to is null and not p.shared))
       and not exists (select from merge m where m.kind = 'customer' and f.customer_id in (m.kept_customer, m.taken_customer)
         and ((m.at > f.given_at and m.undone_at is null and not (f.method = 'document_seen' and m.kept_customer = f.customer_id))
           or (m.at <= f.given_at and m.undone_at > f.given_at)))`,
    [caseId, now],
  );
}

/** The last message of each way somebody wrote to a case by, within a day. */
export async function lastWords(
  tx: EntityManager,
  caseId: string,
  now: Date,
): Promise<(LastWord & { contactPointId: string })[]> {
  return tx.query(
    `select distinct on (p.id, i.channel) p.id as "contactPointId", i.channel, i.auth ->> 'proof' as "senderProof", i.received_at as at,
       c.opened_at as "caseOpenedAt", ${STANDING}
     from interaction i join cases c on c.id = i.case_id
       join contact_point p on p.id = i.contact_point_id and p.customer_id = c.customer_id join customer cu on cu.id = p.customer_id
     where i.case_id = $1 and i.direction = 'inbound' and not i.automatic and i.public_url is null and i.received_at > $2
     order by p.id, i.channel, i.received_at desc`,
    [caseId, new Date(now.getTime() - SPOKEN_HOURS * 3_600_000)],
  );
}

/** An address as sending a code to it needs it. */
export interface CodeAddress extends Standing {
  id: string;
  kind: 'twitter' | 'email';
  display: string;
  level: ProofLevel;
}

/** Addresses of the customer that a message can leave for: mail, and accounts on X that wrote to us. */
export async function writtenAddresses(tx: EntityManager, customerId: string): Promise<Omit<CodeAddress, 'level'>[]> {
  return tx.query(
    `select p.id, p.kind, coalesce('@' || p.handle, p.display) as display, ${STANDING}
     from contact_point p join customer cu on cu.id = p.customer_id
     where p.customer_id = $1 and p.valid_to is null and not p.shared and p.value is not null
       and (p.kind = 'email' or (p.kind = 'twitter' and exists (
         select from channel_thread t join cases k on k.id = t.case_id
         where k.customer_id = $1 and t.contact_point_id = p.id and t.channel = 'twitter' and t.last_inbound_at is not null)))
     order by p.created_at, p.id`,
    [customerId],
  );
}
