import type { Benefits, BenefitDecisions } from '#goodwill';
import type { GiveBenefitBody } from '#contracts';
import type { Principal } from '#identity';
import type { Scene } from './scene.js';
import { LUCIA } from './lucia.js';

interface Givers {
  benefits: Benefits;
  decisions: BenefitDecisions;
}

const openCaseOf = async ({ tx }: Scene, name: string): Promise<string | null> => {
  const rows: { id: string }[] = await tx.query('select id from cases where customer_name = $1 and is_open limit 1', [
    name,
  ]);
  return rows[0]?.id ?? null;
};

/** What somebody has in their hand already, what was refused, and what waits for a supervisor; rules propose the rest by themselves. */
export async function playGoodwill(
  scene: Scene,
  { benefits, decisions }: Givers,
  { marta, ivan, elena }: Record<'marta' | 'ivan' | 'elena', Principal>,
): Promise<void> {
  const { tx } = scene;
  const give = async (name: string, by: Principal, gift: GiveBenefitBody): Promise<string | null> => {
    const caseId = await openCaseOf(scene, name);
    return caseId ? (await benefits.give(tx, by, { ...gift, caseId })).benefitId : null;
  };
  const money = { currency: 'EUR' };
  await give(LUCIA.customer.name, marta, {
    ...{ kind: 'fee_discount', percent: 70, monthlyFeeCents: 2990, ...money },
    reason: 'No puede llamar ni usar su banco hasta que vuelva su móvil.',
  });
  await give('Pilar Ortega Sanchis', ivan, {
    ...{ kind: 'voucher', purpose: 'purchase', amountCents: 1000, validDays: 180, ...money },
    reason: 'Por las llamadas que tuvo que repetir.',
  });
  await give('Hassan El Idrissi', marta, {
    ...{ kind: 'repair_contribution', amountCents: 9000, ...money },
    reason: 'La avería ha vuelto a los dos meses.',
  });
  const refused = await give('Antonio Bermejo', ivan, {
    ...{ kind: 'repair_contribution', amountCents: 12_000, ...money },
    reason: 'Pide que le paguemos la pantalla.',
  });
  if (refused) await decisions.refuse(tx, elena, refused, { by: 'us', reason: 'La pantalla se rompió por una caída.' });
}
