/**
 * What is for the eyes of a customer: `isForCustomer` (contracts) in the words of the database. The page of their case and the
 * timeline as they see it both read by these.
 */

/** Of an interaction with its delivery `d`. */
export const SAID_TO_CUSTOMER = `(d.state is null or d.state not in ('held', 'undone'))`;
/** Of a note `n`. */
export const NOTED_FOR_CUSTOMER = `n.audience = 'customer'`;
