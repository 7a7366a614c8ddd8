import {
  type HandoverService,
  lockCase,
  type NextActions,
  type StoreFactsService,
  type WarmRedirectService,
} from '#cases';
import type { StaffKey } from './carrier.js';
import { person, type Scene } from './scene.js';
import { STORE_PLACES } from './store-places.js';

interface Services {
  facts: StoreFactsService;
  handovers: HandoverService;
  plans: NextActions;
  redirects: WarmRedirectService;
}

/** Who work the day: customers who write again come back to them. */
const ON_SHIFT: StaffKey[] = ['marta', 'ivan', 'ruben', 'teo', 'sara', 'mar', 'lidia', 'ana', 'jon'];

/** The stores as they are today, and who is on shift. */
export async function openStores({ tx, stores, people }: Scene, facts: StoreFactsService, now: Date): Promise<void> {
  for (const [code, { waiting, ...place }] of Object.entries(STORE_PLACES)) {
    const id = stores.get(code);
    if (!id) throw new Error(`the demo has no store ${code}`);
    await facts.place(tx, id, place);
    await tx.query('update store set waiting = $2, waiting_at = $3 where id = $1', [id, waiting, now]);
  }
  await tx.query('update agent set on_shift = true where id = any($1)', [
    ON_SHIFT.map((key) => person({ people }, key).id),
  ]);
}

/** Cases on their way from hand to hand as the day is looked at. */
export async function playHands({ tx, people, stores }: Scene, services: Services, now: Date): Promise<void> {
  const [marta, ivan] = [person({ people }, 'marta'), person({ people }, 'ivan')];
  const caseOf = async (customer: string) => {
    const rows: { id: string }[] = await tx.query('select id from cases where customer_name = $1 and is_open', [
      customer,
    ]);
    return lockCase(tx, ivan, rows[0]?.id ?? '');
  };
  await services.handovers.hand(tx, ivan, (await caseOf('Leire Otxoa')).id, {
    to: { agentId: marta.id },
    reason: 'Ya le ayudaste con su eSIM en verano',
    note: 'Tiene el reloj delante y puede probar cuando le digas.',
  });
  const { interactionId } = await services.redirects.send(tx, ivan, await caseOf('Teo Marín'), {
    storeId: stores.get('goya') ?? '',
    channel: 'twitter',
    bring: ['device', 'charger', 'id_document'],
  });
  await tx.query(
    `update delivery set state = 'sent', attempts = 1, claimed_attempt = 1, sent_at = due_at where interaction_id = $1`,
    [interactionId],
  );
  await services.plans.set(tx, marta, (await caseOf('Antonio Bermejo')).id, {
    code: 'call_back',
    values: {},
    dueAt: new Date(now.getTime() + 2 * 3_600_000).toISOString(),
  });
}
