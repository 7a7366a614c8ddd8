import {
  normaliseCustomerNumber,
  normaliseDocument,
  normaliseEmail,
  normaliseHandle,
  normaliseImei,
  normalisePhone,
  parseReference,
} from '#cases';
import { may } from '#contracts';
import type { Principal } from '#identity';
import type { TypedKeys } from '#views';

/** What was typed into one box, as the keys it can be: phone, email, @handle, document, customer number, IMEI, case reference; a name only for who may search. */
export const typedKeys = (me: Principal, q: string): TypedKeys => ({
  email: normaliseEmail(q),
  phone: normalisePhone(q),
  handle: normaliseHandle(q),
  reference: parseReference(q),
  identifiers: [normaliseDocument(q), normaliseImei(q), normaliseCustomerNumber(q)].filter((one) => one !== null),
  name: may(me.role, 'customer.search') && q.length >= 2 ? q : null,
});
