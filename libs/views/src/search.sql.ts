/** Statements that find customers and cases by what somebody typed. Their plans depend on the words: planned each time. */

/** Makes a parameter of a value. @returns its name in the statement */
export type Bind = (value: unknown) => string;

/** Of people so named at most these are looked at: more are told apart by another word, or by who wrote last. */
const NAMED = 200;
/** Of those with one word of the name at most these are asked for the others. */
const WITH_A_WORD = 1000;
/** When more are so named: cases, newest word first, that are looked through. */
const WALKED = 1000;
/** So many cases, newest word first, are asked whether the words were said on them: for common words that is enough. */
const ASKED = 300;
/** Is it not, then of all that was said at most these hits, the newest, are sorted. */
const SAID = 300;

/** What stands between the words of a name; as `name_words` has it. */
const BETWEEN = /[\][\s.,;:'"()/_%\\-]+/u;

/** Everything that begins so, in the order of the key: the last character there is comes after all others. */
const begins = (column: string, words: string): string =>
  `${column} >= name_words(${words}) and ${column} < name_words(${words}) || U&'\\+10FFFF'`;

/** Every word begins a word of the name, in whatever order. Most names fail the first test, which is the cheaper one. */
const hasAll = (name: string, words: string): string => {
  const each = (before: string, folded: string) =>
    `(select array_agg('%${before}' || ${folded}(w) || '%') from unnest(${words}::text[]) w)::text[]`;
  return `fold(${name}) like all (${each('', 'fold')}) and ' ' || name_words(${name}) like all (${each(' ', 'name_words')})`;
};

/**
 * Customers (`customer_id`) by words of their name, each at least its beginning: together as they stand in the name, else
 * in any order. Null when there is no word in it.
 */
export function named(q: string, bind: Bind): string | null {
  const words = wordsOf(q);
  const [longest] = words.toSorted((one, other) => other.length - one.length);
  if (longest === undefined) return null;
  const together = `select n.customer_id from customer_name n where ${begins('n.part', bind(q))}`;
  if (words.length === 1) return `(${together} limit ${NAMED})`;
  const scattered = `select w.customer_id from (select n.customer_id from customer_name n where ${begins('n.part', bind(longest))} limit ${WITH_A_WORD}) w
    join customer cu on cu.id = w.customer_id where ${hasAll('cu.display_name', bind(words))}`;
  return `(select h.customer_id from (${together} union all ${scattered}) h limit ${NAMED})`;
}

const wordsOf = (q: string): string[] => q.split(BETWEEN).filter((word) => word !== '');

/** The conditions of whoever wants all cases. */
export const ALL = 'true';

/** The cases somebody looks for. */
export interface Wanted {
  /** On `cases c`. */
  conditions: string;
  /** The conditions leave open cases and closed ones; there is an index in the order of the last word for either. */
  openAndClosed: boolean;
  /** So many, newest word first. */
  limit: number;
  bind: Bind;
}

/** Whether what was said has these words; accents and endings aside. */
export const says = (typed: string): string => `i.search @@ websearch_to_tsquery('spanish', fold(${typed}))`;

const NEWEST_FIRST = 'order by c.last_interaction_at desc, c.id desc';

/** Whose address was typed (`customer_id`), now or, of a handle on X, before. */
function addressed(typed: string): string {
  const bareNumber = `regexp_replace(${typed}, '[\\s()-]', '', 'g')`;
  const handle = `lower(ltrim(${typed}, '@'))`;
  const isTyped = `(p.value in (lower(${typed}), ${bareNumber}, '+34' || ${bareNumber}, upper(${bareNumber}))`;
  return `select p.customer_id from contact_point p where p.valid_to is null and not p.shared and ${isTyped} or p.handle = ${handle})
    union all select p.customer_id from contact_point p where p.valid_to is null and p.shared and ${isTyped})
    union all select p.customer_id from contact_handle h join contact_point p on p.id = h.contact_point_id where h.handle = ${handle}`;
}

/** The newest wanted cases of people of this name, where there are more such `people` than are looked at one by one. */
const ofNamesakes = (q: string, { conditions, limit, bind }: Wanted): string => `
  (select c.id, c.last_interaction_at from (
      select c.id, c.customer_name, c.last_interaction_at from cases c where ${conditions} ${NEWEST_FIRST} limit ${WALKED}) c
    where (select count(*) >= ${NAMED} from people) and ${hasAll('c.customer_name', bind(wordsOf(q)))} ${NEWEST_FIRST} limit ${limit})`;

/** The newest wanted cases on which it was said, of those that are asked one by one. */
function ofTheNewest(typed: string, { conditions, openAndClosed, limit }: Wanted): string {
  const newest = (more: string) =>
    `(select c.id, c.last_interaction_at as at from cases c where ${conditions} ${more} ${NEWEST_FIRST} limit ${ASKED})`;
  const asked = openAndClosed ? `${newest('and c.is_open')} union all ${newest('and not c.is_open')}` : newest('');
  return `select n.id, n.at from (select id, at from (${asked}) c order by at desc, id desc limit ${ASKED}) n
    where exists (select from interaction i where i.case_id = n.id and ${says(typed)}) order by n.at desc, n.id desc limit ${limit}`;
}

/** The wanted cases of the newest hits, unless the newest cases were enough. Where all are wanted, hits are cut before they meet their cases. */
function ofTheNewestHits(typed: string, { conditions, limit }: Wanted): string {
  const needed = `(select count(*) < ${limit} from newest)`;
  const hits =
    conditions === ALL
      ? `(select i.id, i.case_id from interaction i where ${says(typed)} order by i.id desc limit ${SAID}) i join cases c on c.id = i.case_id where ${needed}`
      : `interaction i join cases c on c.id = i.case_id where ${needed} and ${says(typed)} and ${conditions}`;
  return `(select c.id, c.last_interaction_at from ${hits} order by i.id desc limit ${SAID})`;
}

/**
 * Wanted cases (`id`, `at`: their last word) by words of what was said on them, a name, an address or a reference. What is
 * not wanted is left out before hits are counted: nobody's hits hide another's.
 */
export function matching(q: string, wanted: Wanted): string {
  const { conditions, limit, bind } = wanted;
  const typed = bind(q);
  const people = named(q, bind);
  const found = 'select c.id, c.last_interaction_at as at from';
  return `(
    with ${people === null ? '' : `people as materialized ${people},`} newest as materialized (${ofTheNewest(typed, wanted)})
    select distinct id, at from (
      select id, at from newest
      union all ${ofTheNewestHits(typed, wanted)}
      union all (${found} (${people === null ? '' : 'select customer_id from people union all'} ${addressed(typed)}) n
        join cases c on c.customer_id = n.customer_id where ${conditions})
      ${people === null ? '' : `union all ${ofNamesakes(q, wanted)}`}
      union all (${found} cases c where c.reference = upper(${typed}) and ${conditions})) hits
    order by at desc, id desc limit ${limit})`;
}
