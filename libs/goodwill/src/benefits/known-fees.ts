/** What accounts of a customer say of their monthly fee: what they pay in the short run. */

const FEE = `json_build_object('monthlyFeeCents', (a.data ->> 'valueShortCents')::bigint, 'currency', coalesce(a.data ->> 'currency', 'EUR'),
    'plan', a.data ->> 'plan', 'number', a.number)`;
const KNOWN = `(a.data ->> 'valueShortCents')::bigint > 0`;

/** A KnownFee (contracts) of the account heard of last; null: none says so (SQL). @param customerId as a column or parameter */
export const NEWEST_FEE = (customerId: string): string =>
  `(select ${FEE} from customer_account a where a.customer_id = ${customerId} and ${KNOWN} order by a.as_of desc, a.id limit 1)`;
