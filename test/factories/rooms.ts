import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Abstract } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { GoodwillModule } from '#goodwill';
import { CasesModule, IntakeService } from '#cases';
import type { Arrival, InboundInteraction, Role } from '#contracts';
import { CounterModule } from '#counter';
import { HandoffsModule } from '#handoffs';
import { Agent, IdentityModule, PeopleService, StoreRecord, type Principal } from '#identity';
import { loadConfig, newId, PlatformModule, type Config } from '#platform';
import { LoanersModule } from '#loaners';
import { NotificationsModule } from '#notifications';
import { RepairsModule } from '#repairs';
import { SlaModule } from '#sla';
import { ViewsModule, type Reader } from '#views';
import { FakeClock } from '../support/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const quiet = () => undefined;
const QUIET = { log: quiet, warn: quiet, error: quiet };

/** The rooms on a database of their own, with a clock that stands still. */
export interface Rooms {
  db: TestDatabase;
  database: DataSource;
  clock: FakeClock;
  config: Config;
  get<T>(token: Abstract<T>): T;
  close(): Promise<void>;
}

export async function openRooms(environment: NodeJS.ProcessEnv = {}): Promise<Rooms> {
  const db = await createDatabase();
  const home = await mkdtemp(join(tmpdir(), 'hilo-rooms-'));
  const config = loadConfig({
    DATABASE_URL: db.url,
    DATABASE_POOL: '12',
    HILO_SECRET: 's'.repeat(32),
    HILO_HOME: home,
    HILO_LOG_LEVEL: 'silent',
    ...environment,
  });
  const clock = new FakeClock();
  const platform = PlatformModule.forRoot(config, { clock, entities: [Agent, StoreRecord] });
  const module = await Test.createTestingModule({
    imports: [
      platform,
      IdentityModule,
      CasesModule,
      NotificationsModule,
      SlaModule,
      GoodwillModule,
      CounterModule,
      RepairsModule,
      HandoffsModule,
      LoanersModule,
      ViewsModule,
    ],
  })
    .setLogger(QUIET)
    .compile();
  await module.init();
  return {
    db,
    database: module.get(DataSource),
    clock,
    config,
    get: (token) => module.get(token, { strict: false }),
    close: async () => {
      await module.close();
      await db.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

let serial = 0;
const next = (): number => (serial += 1);

export async function aStore(rooms: Rooms, name = `Nexo ${next()}`): Promise<string> {
  const code = `store-${next()}`;
  return rooms.get(PeopleService).addStore(rooms.database.manager, {
    code,
    name,
    address: 'Calle Mayor, 1',
    city: 'Madrid',
    timeZone: 'Europe/Madrid',
    phone: null,
  });
}

export async function aPerson(rooms: Rooms, role: Role = 'agent', storeId: string | null = null): Promise<Principal> {
  const email = `person${next()}@hilo.test`;
  const displayName = `Persona ${serial}`;
  const id = newId();
  await rooms.db.query(
    `insert into agent (id, email, display_name, password_hash, role, store_id) values ($1, $2, $3, 'none', $4, $5)`,
    [id, email, displayName, role, storeId],
  );
  return { id, email, displayName, role, storeId, language: 'es' };
}

export const readerOf = (person: Principal): Reader => ({
  id: person.id,
  storeId: person.role === 'store' ? person.storeId : null,
});

/** A direct message of the person with this X user id. */
export const dm = (userId: string, more: Partial<InboundInteraction> = {}): InboundInteraction => ({
  channel: 'twitter',
  externalId: `dm-${next()}`,
  contact: { kind: 'twitter', value: userId, handle: `user_${userId}`, display: `@user_${userId}` },
  displayName: `User ${userId}`,
  text: 'Se me ha muerto el móvil',
  occurredAt: '2026-03-02T08:59:00.000Z',
  account: '1700000000000000001',
  threadRef: `conversation-${userId}`,
  ...more,
});

/** A mail from this address. */
export const mail = (address: string, more: Partial<InboundInteraction> = {}): InboundInteraction => ({
  channel: 'email',
  externalId: `<${next()}@correo.test>/0`,
  messageId: `<${serial}@correo.test>`,
  contact: { kind: 'email', value: address, handle: null, display: address },
  displayName: address,
  subject: 'Factura',
  text: 'Adjunto la factura',
  occurredAt: '2026-03-02T08:59:00.000Z',
  account: 'care@hilo.test',
  ...more,
});

export async function receive(rooms: Rooms, ...messages: InboundInteraction[]): Promise<Arrival[]> {
  return rooms.database.transaction((tx) => rooms.get(IntakeService).receive(tx, messages));
}

/** One message in; what became of it. */
export async function arrive(rooms: Rooms, message: InboundInteraction): Promise<Arrival> {
  const [arrival] = await receive(rooms, message);
  if (!arrival) throw new Error('nothing arrived');
  return arrival;
}
