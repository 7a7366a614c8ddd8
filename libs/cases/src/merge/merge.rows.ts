import type { EntityManager } from 'typeorm';
import { keyOf, MOVES, placeOf, type Move } from './merge.moves.js';

/** Moves are of rows of customers or of rows of cases. */
type Owner = 'customer' | 'case';

/** From whom to whom; undone, the other way round. */
interface Way {
  kept: string;
  taken: string;
}

const placesOf = (owner: Owner, how: Move['how']): Move[] =>
  MOVES.filter((move) => move.of === owner && move.how === how);

/** Rows of the taken side become the kept side's. @returns their keys, by place */
export async function takeRows(
  tx: EntityManager,
  owner: Owner,
  { kept, taken }: Way,
): Promise<Record<string, string[]>> {
  const journal: Record<string, string[]> = {};
  for (const move of placesOf(owner, 'moves')) {
    const [rows]: [{ key: string }[], number] = await tx.query(
      `update ${move.table} r set ${move.column} = $1 where r.${move.column} = $2 ${move.only ? `and ${move.only}` : ''} ${unlessLike(move)}
       returning ${keyOf(move, 'r')} as key`,
      [kept, taken],
    );
    if (rows.length > 0) journal[placeOf(move)] = rows.map(({ key }) => key);
  }
  return journal;
}

/** Rows of the journal go back that are still there, and what was made of them since and says so: what somebody has put elsewhere since stays there. */
export async function giveRowsBack(
  tx: EntityManager,
  owner: Owner,
  { kept, taken }: Way,
  journal: Record<string, string[]>,
): Promise<void> {
  for (const move of placesOf(owner, 'moves')) {
    const keys = journal[placeOf(move)];
    if (keys ?? move.returns)
      await tx.query(
        `update ${move.table} r set ${move.column} = $1 where r.${move.column} = $2 and (${keyOf(move, 'r')} = any($3) ${move.returns ? `or ${move.returns}` : ''}) ${unlessLike(move)}`,
        [taken, kept, keys ?? []],
      );
  }
}

/** The side it would go to has one like it already, of those that move. */
function unlessLike({ table, column, clash, only }: Move): string {
  if (!clash) return '';
  const like = [`o.${column} = $1`, ...clash.map((one) => `o.${one} = r.${one}`)];
  if (only) like.push(only.replaceAll('r.', 'o.'));
  return `and not exists (select from ${table} o where ${like.join(' and ')})`;
}

/** The kept side gets what only the taken side had. @returns the keys it got, by place */
export async function copyRows(
  tx: EntityManager,
  owner: Owner,
  { kept, taken }: Way,
): Promise<Record<string, string[]>> {
  const journal: Record<string, string[]> = {};
  for (const move of placesOf(owner, 'copies')) {
    const columns = (move.key ?? []).join(', ');
    const rows: { key: string }[] = await tx.query(
      `insert into ${move.table} as r (${move.column}, ${columns}) select $1, ${columns} from ${move.table} where ${move.column} = $2
       on conflict do nothing returning ${keyOf(move, 'r')} as key`,
      [kept, taken],
    );
    if (rows.length > 0) journal[placeOf(move)] = rows.map(({ key }) => key);
  }
  return journal;
}

/** The kept side loses what it only had from the taken one. A case is of the stores its entries were written in, and something of it is or was in. */
export async function dropCopies(
  tx: EntityManager,
  owner: Owner,
  kept: string,
  journal: Record<string, string[]>,
): Promise<void> {
  for (const move of placesOf(owner, 'copies')) {
    const keys = journal[placeOf(move)];
    if (keys)
      await tx.query(
        `delete from ${move.table} r where r.${move.column} = $1 and ${keyOf(move, 'r')} = any($2)
           ${move.unless ? `and not exists (${move.unless})` : ''}`,
        [kept, keys],
      );
  }
}
