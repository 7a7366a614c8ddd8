import { PartnerBody, type ShareField, type ShareRule } from '#contracts';
import type { z } from 'zod';

type Given = Partial<z.input<typeof PartnerBody>>;

export const purpose = (field: ShareField): ShareRule['purpose'] => ({ es: `Por ${field}`, en: `For ${field}` });

export const sharing = (...fields: ShareField[]): ShareRule[] =>
  fields.map((field) => ({ field, purpose: purpose(field) }));

let serial = 0;

/** A partner by mail that is told nothing, unless said otherwise. */
export const partnerBody = ({ terms, ...more }: Given = {}): PartnerBody =>
  PartnerBody.parse({
    ...{ name: `Orbe ${(serial += 1)}`, kind: 'manufacturer', language: 'en', timeZone: 'Europe/Berlin' },
    ...{ gateway: 'email', email: 'service@orbe.example', terms: { ...terms } },
    ...more,
  });
