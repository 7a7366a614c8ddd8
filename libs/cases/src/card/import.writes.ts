import type { EntityManager } from 'typeorm';
import type { AccountData, Evidence, PreferenceField } from '#contracts';
import { newId } from '#platform';
import { toldAs, type Identifier } from '../identity/identifier.rules.js';
import { nameCases } from '../merge/merge.people.js';
import { record, type Actor, type NewEvent } from '../record.js';
import type { Doubt, PointWrite } from './import.decide.rules.js';
import type { CustomerWrite } from './import.take.rules.js';

/** What the case is told of: what they are reached by. */
const TOLD: readonly Identifier['kind'][] = ['email', 'phone'];

/** All that a portion of an import writes, collected so that it is written by few statements. */
export class Writes {
  readonly created = new Map<string, CustomerWrite>();
  readonly changed = new Map<string, CustomerWrite>();
  readonly points: PointWrite[] = [];
  readonly doubts: Doubt[] = [];
  readonly accounts: { id: string; customerId: string; number: string; data: AccountData; asOf: Date }[] = [];
  readonly preferences: { customerId: string; field: PreferenceField; value: unknown }[] = [];

  /** Dates of contact points are days of the workspace. */
  async flush(tx: EntityManager, at: { now: Date; source: string; timeZone: string }): Promise<void> {
    await this.people(tx, at.now);
    await this.contacts(tx, at);
    await tx.query(
      `insert into customer_account (id, customer_id, source, number, data, as_of, created_at, updated_at)
       select id, "customerId", $2, number, data, "asOf", $3, $3 from jsonb_to_recordset($1::jsonb) as a (id uuid, "customerId" uuid, number text, data jsonb, "asOf" timestamptz)
       on conflict (source, number) do update set data = excluded.data, as_of = excluded.as_of, updated_at = excluded.updated_at`,
      [JSON.stringify(this.accounts), at.source, at.now],
    );
    await tx.query(
      `insert into customer_preference (customer_id, field, value, source, set_at)
       select "customerId", field, value, $2, $3 from jsonb_to_recordset($1::jsonb) as p ("customerId" uuid, field text, value jsonb)
       on conflict (customer_id, field) do update set value = excluded.value, source = excluded.source, set_by = null, set_at = excluded.set_at
         where customer_preference.source <> 'staff'`,
      [JSON.stringify(this.preferences.map((one) => ({ ...one, value: one.value ?? null }))), at.source, at.now],
    );
    await this.ask(tx, at.now);
  }

  /** What happened to those who have an open case is told there. */
  async tell(
    tx: EntityManager,
    actor: Actor,
    now: Date,
    openCaseOf: (customerId: string) => string | null,
  ): Promise<number> {
    const told = new Map<string, NewEvent[]>();
    for (const write of this.points) {
      const customerId = write.do === 'end' ? write.point.customerId : write.customerId;
      const caseId = openCaseOf(customerId);
      if (!caseId || !TOLD.includes(write.identifier.kind)) continue;
      const about = { kind: write.identifier.kind, display: toldAs(write.identifier) };
      const event: NewEvent =
        write.do === 'end'
          ? { type: 'contact_point.ended', data: { ...about, contactPointId: write.point.id, reason: 'somebody_else' } }
          : { type: 'contact_point.added', data: { ...about, contactPointId: idOf(write) } };
      told.set(caseId, [...(told.get(caseId) ?? []), event]);
    }
    for (const [caseId, events] of told) await record(tx, caseId, actor, 'import', now, events);
    return told.size;
  }

  private async people(tx: EntityManager, now: Date): Promise<void> {
    const columns = `id uuid, "displayName" text, language text, "languageKnown" boolean, tier text, city text, postcode text`;
    const rows = (people: Map<string, CustomerWrite>) =>
      JSON.stringify([...people].map(([id, row]) => ({ id, ...row })));
    await tx.query(
      `insert into customer (id, display_name, language, language_known, tier, city, postcode, provisional, created_at)
       select id, "displayName", language, "languageKnown", tier, city, postcode, false, $2 from jsonb_to_recordset($1::jsonb) as c (${columns})`,
      [rows(this.created), now],
    );
    if (this.changed.size === 0) return;
    await tx.query(
      `update customer cu set display_name = c."displayName", language = c.language, language_known = cu.language_known or c."languageKnown",
         tier = c.tier, city = c.city, postcode = c.postcode, provisional = false
       from jsonb_to_recordset($1::jsonb) as c (${columns}) where cu.id = c.id`,
      [rows(this.changed)],
    );
    await nameCases(tx, [...this.changed.keys()]);
  }

  private async contacts(tx: EntityManager, { now, timeZone }: { now: Date; timeZone: string }): Promise<void> {
    const ended = this.points.flatMap((write) => (write.do === 'end' ? [{ id: write.point.id, at: write.at }] : []));
    await tx.query(
      `update contact_point p set valid_to = greatest(least(e.at::timestamp at time zone $2, $3), p.valid_from), end_reason = 'somebody_else'
       from jsonb_to_recordset($1::jsonb) as e (id uuid, at text) where p.id = e.id`,
      [JSON.stringify(ended), timeZone, now],
    );
    const granted = this.points.flatMap((write) =>
      write.do === 'grant'
        ? [
            {
              id: idOf(write),
              ...write.identifier,
              customerId: write.customerId,
              shared: write.shared,
              from: write.from,
            },
          ]
        : [],
    );
    await tx.query(
      `insert into contact_point (id, customer_id, kind, value, handle, display, source, shared, valid_from, created_at)
       select id, "customerId", kind, value, handle, display, 'import', shared, least("from"::timestamp at time zone $2, $3), $3
       from jsonb_to_recordset($1::jsonb) as g (id uuid, "customerId" uuid, kind text, value text, handle text, display text, shared boolean, "from" text)`,
      [JSON.stringify(granted), timeZone, now],
    );
  }

  /** Two who have the same: somebody looks whether they are one. Whoever was told apart before stays so. */
  private async ask(tx: EntityManager, now: Date): Promise<void> {
    const rows = this.doubts
      .filter(({ customerId, other }) => customerId !== other)
      .map(({ customerId, other, identifier }) => ({
        id: newId(),
        customerId,
        other,
        evidence: [evidenceOf(identifier)],
      }));
    await tx.query(
      `insert into match_suggestion (id, newcomer_id, known_id, state, evidence, created_at, asked_at)
       select id, "customerId", other, 'open', evidence, $2, $2 from jsonb_to_recordset($1::jsonb) as s (id uuid, "customerId" uuid, other uuid, evidence jsonb)
       on conflict do nothing`,
      [JSON.stringify(rows), now],
    );
  }
}

function evidenceOf(identifier: Identifier): Evidence {
  const display = toldAs(identifier);
  return {
    kind: identifier.kind,
    key: `${identifier.kind}:${display}`,
    newcomer: display,
    known: display,
    entryId: null,
    isPublic: false,
  };
}

const ids = new WeakMap<PointWrite, string>();
/** One id for what is granted, wherever it is spoken of. */
function idOf(write: PointWrite): string {
  const known = ids.get(write);
  if (known) return known;
  const id = newId();
  ids.set(write, id);
  return id;
}
