import type { Incidents } from '#cases';
import { person, type DemoClock, type Scene } from './scene.js';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** One cause, many cases: an aerial that fell in Valencia an hour ago, and a wrong bill that was put right last week. */
export async function playOutage(
  { tx, people }: Scene,
  incidents: Incidents,
  clock: DemoClock,
  now: Date,
): Promise<void> {
  const elena = person({ people }, 'elena');
  clock.at = new Date(now.getTime() - 9 * DAY_MS);
  const billing = await incidents.open(tx, elena, {
    title: 'Recargo mal aplicado en las facturas de octubre',
    kind: 'billing',
    reference: 'FAC-2210',
    told: {
      es: 'Hemos cobrado por error un recargo de 2 €. Lo devolvemos en la próxima factura, no tienes que hacer nada.',
      en: 'We charged a €2 fee by mistake. You get it back on your next bill; there is nothing for you to do.',
    },
  });
  clock.at = new Date(now.getTime() - 6 * DAY_MS);
  await incidents.change(tx, elena, billing, { state: 'resolved' });
  clock.at = new Date(now.getTime() - 48 * MINUTE_MS);
  const hit: { id: string }[] = await tx.query(
    `select id from cases where is_open and (customer_name = 'Aitana Roca' or problem in ('Se cortan las llamadas en casa', 'Sin línea desde la portabilidad'))
     order by opened_at desc limit 7`,
  );
  await incidents.open(tx, elena, {
    title: 'Antena caída en Ruzafa (Valencia)',
    kind: 'network',
    reference: 'RED-48213',
    told: {
      es: 'Una antena de tu zona está caída y las llamadas pueden cortarse. El equipo de red trabaja en ella; te escribimos cuando vuelva.',
      en: 'An aerial near you is down and calls may drop. The network team is working on it; we write to you when it is back.',
    },
    look: { q: 'cobertura or señal', city: 'Valencia' },
    caseIds: hit.map(({ id }) => id),
  });
  clock.at = new Date(now.getTime() - MINUTE_MS);
}
