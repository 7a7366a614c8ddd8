import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language, OwnSettings, Person, Role, Store } from '#contracts';
import { newId } from '#platform';
import { Agent } from './agent.entity.js';
import { hashPassword } from './password.js';
import { StoreRecord } from './store.entity.js';

export interface NewPerson {
  email: string;
  displayName: string;
  password: string;
  role: Role;
  storeId?: string;
  language?: Language;
}

/** A person's telephone, as the switchboard names it. */
export interface Desk {
  personId: string;
  extension: string;
}

/** The people, stores and queues one can choose from. Small sets: never paged. */
@Injectable()
export class PeopleService {
  async people(tx: EntityManager): Promise<Person[]> {
    const agents = await tx.find(Agent, { where: { active: true }, order: { displayName: 'ASC' } });
    return agents.map(({ id, displayName, role, storeId }) => ({ id, displayName, role, storeId }));
  }

  async stores(tx: EntityManager): Promise<Store[]> {
    return tx.find(StoreRecord, { order: { name: 'ASC' } });
  }

  /** A name for an id, or null when there is no such active person. */
  async person(tx: EntityManager, id: string): Promise<Person | null> {
    const agent = await tx.findOneBy(Agent, { id, active: true });
    return agent && { id: agent.id, displayName: agent.displayName, role: agent.role, storeId: agent.storeId };
  }

  /** What a person has chosen for themselves. */
  async own(tx: EntityManager, id: string): Promise<OwnSettings> {
    const rows: OwnSettings[] = await tx.query(
      'select signature, extension, on_shift as "onShift" from agent where id = $1',
      [id],
    );
    return rows[0] ?? { signature: null, extension: null, onShift: false };
  }

  /** @returns what is kept of it */
  async setOwn(
    tx: EntityManager,
    id: string,
    { signature, extension, onShift }: Partial<OwnSettings>,
  ): Promise<OwnSettings> {
    if (signature !== undefined) await this.setSignature(tx, id, signature);
    if (extension !== undefined)
      await tx.query('update agent set extension = $2 where id = $1', [id, extension?.trim() || null]);
    if (onShift !== undefined) await tx.query('update agent set on_shift = $2 where id = $1', [id, onShift]);
    return this.own(tx, id);
  }

  /** Who has named an extension as theirs. */
  async extensions(tx: EntityManager): Promise<Desk[]> {
    return tx.query(
      'select id as "personId", extension from agent where extension is not null and active order by display_name, id',
    );
  }

  /** Keeps its lines without the space around them, null when nothing is left. */
  private async setSignature(tx: EntityManager, id: string, signature: string | null): Promise<void> {
    const lines = (signature ?? '').replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n]/gu, '');
    const kept =
      lines
        .replace(/[^\S\n]+$/gmu, '')
        .replace(/\n{3,}/gu, '\n\n')
        .trim() || null;
    await tx.query('update agent set signature = $2 where id = $1', [id, kept]);
  }

  async storeExists(tx: EntityManager, id: string): Promise<boolean> {
    return tx.existsBy(StoreRecord, { id });
  }

  /** @returns the id; an email that exists already keeps its person */
  async add(tx: EntityManager, person: NewPerson): Promise<string> {
    const rows: { id: string }[] = await tx.query(
      `insert into agent (id, email, display_name, password_hash, role, store_id, language) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (email) do update set email = excluded.email returning id`,
      [
        newId(),
        person.email.toLowerCase(),
        person.displayName,
        await hashPassword(person.password),
        person.role,
        person.storeId ?? null,
        person.language ?? 'es',
      ],
    );
    const id = rows[0]?.id;
    if (!id) throw new Error('an insert that returns a row returned none');
    return id;
  }

  async addStore(tx: EntityManager, store: Omit<Store, 'id'>): Promise<string> {
    const rows: { id: string }[] = await tx.query(
      `insert into store (id, code, name, address, city, time_zone, phone) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (code) do update set name = excluded.name returning id`,
      [newId(), store.code, store.name, store.address, store.city, store.timeZone, store.phone],
    );
    const id = rows[0]?.id;
    if (!id) throw new Error('an insert that returns a row returned none');
    return id;
  }
}
