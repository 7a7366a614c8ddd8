import type { z } from 'zod';
import type { CaseDetail, CustomerRow, InteractionEntry, Role, SessionUser, Store } from '#contracts';
import { permissionsOf } from '#contracts';

/** The people and cases of these tests, as the API would tell them. */

export const uuid = (number: number): string => `0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const MARTA: SessionUser = {
  id: uuid(1),
  email: 'agent@hilo.test',
  displayName: 'Marta Rey',
  role: 'agent',
  storeId: null,
  language: 'es',
  permissions: permissionsOf('agent'),
};

/** Somebody else who signs in to the same machine. */
export const signedIn = (
  number: number,
  displayName: string,
  role: Role,
  storeId: string | null = null,
): SessionUser => ({
  ...MARTA,
  id: uuid(number),
  email: `${role}${number}@hilo.test`,
  displayName,
  role,
  storeId,
  permissions: permissionsOf(role),
});

export const GOYA: Store = {
  id: uuid(50),
  name: 'Nexo Goya',
  code: 'goya',
  address: 'Calle de Goya, 1',
  city: 'Madrid',
  timeZone: 'Europe/Madrid',
  phone: null,
};

export type Customer = z.infer<typeof CustomerRow>;
export const customerOf = (detail: CaseDetail): Customer => ({
  ...detail.customer,
  contactPoints: detail.contactPoints,
  openCase: detail,
});

/** A case as its page needs it; the list shows its row part. */
export const caseOf = (number: number, name: string, part: Partial<CaseDetail> = {}): CaseDetail => ({
  id: uuid(100 + number),
  reference: `H-${1000 + number}-2Q`,
  status: 'in_solution',
  waitReason: null,
  priority: 'normal',
  problem: 'No enciende ni carga',
  customer: { id: uuid(300 + number), displayName: name, tier: 'standard', language: 'es' },
  channels: ['twitter'],
  assignee: { id: MARTA.id, displayName: MARTA.displayName },
  queue: null,
  lacks: [],
  nextDue: null,
  lastInteractionAt: new Date(Date.now() - number * 60_000).toISOString(),
  lastDirection: 'inbound',
  lastChannel: 'twitter',
  preview: `Mensaje de ${name}`,
  unread: 0,
  failedSends: 0,
  openedAt: '2026-11-16T08:12:00Z',
  version: 1,
  owner: null,
  nextAction: 'reply',
  next: { code: 'reply', values: {}, text: null, dueAt: null, noDue: 'in_turn', by: null, at: null },
  mergedInto: null,
  closedAt: null,
  stages: [],
  story: [],
  problems: [],
  reExplanations: 0,
  nextUpdateDueAt: null,
  impacts: [],
  threads: [
    {
      id: uuid(600 + number),
      channel: 'twitter',
      contactPointId: uuid(700 + number),
      address: '@cliente',
      open: true,
      reason: null,
      lastInboundAt: '2026-11-19T12:00:00Z',
      limits: null,
    },
  ],
  contactPoints: [
    {
      id: uuid(700 + number),
      kind: 'twitter',
      value: String(number),
      handle: 'cliente',
      display: '@cliente',
      handles: [],
    },
  ],
  otherCases: [],
  loans: [],
  repairs: [],
  handoffs: [],
  answeredBy: null,
  benefits: [],
  untold: [],
  ...part,
});

let made = 5000;

/** Something the customer of a case said. */
export const saidOn = (detail: CaseDetail, text: string, part: Partial<InteractionEntry> = {}): InteractionEntry => {
  made += 1;
  const at = new Date().toISOString();
  return {
    type: 'interaction',
    id: uuid(made),
    at,
    channel: 'twitter',
    direction: 'inbound',
    author: { kind: 'customer', id: detail.customer.id, displayName: detail.customer.displayName },
    subject: null,
    text,
    quoted: null,
    notices: [],
    hasOriginal: false,
    automatic: false,
    automaticKind: null,
    sender: null,
    html: null,
    occurredAt: at,
    delivery: null,
    attachments: [],
    externalId: null,
    messageId: null,
    public: null,
    matchedBy: 'contact_point',
    review: null,
    threadId: detail.threads[0]?.id ?? null,
    address: '@cliente',
    store: null,
    call: null,
    elsewhere: null,
    ...part,
  };
};
