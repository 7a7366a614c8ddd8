import type { EntityManager } from 'typeorm';
import type { ImpactTwins } from './merge.journal.js';

/** What a case says of what its customer cannot do. */
const STATE = ['part', 'state', 'problem_id', 'reported_at', 'state_at', 'restored_at'] as const;

const stateOf = (impact: string): string =>
  `jsonb_build_object(${STATE.map((column) => `'${column}', ${impact}.${column}`).join(', ')})`;

/** The more is lacking, the higher. */
const gravity = (impact: string): string =>
  `case ${impact}.state when 'restored' then 0 when 'relieved' then 1 else 2 end`;

/**
 * Of one kind a case has one impact. Where both sides have one and it is graver on the side that is taken, the kept one goes
 * on as that one stood: what is lacking on either is lacking.
 * @param only of the taken side, these; null: all
 */
export async function joinImpacts(
  tx: EntityManager,
  kept: string,
  taken: string,
  only: string[] | null = null,
): Promise<ImpactTwins[]> {
  const twins: Omit<ImpactTwins, 'after'>[] = await tx.query(
    `select k.id as "keptId", t.id as "takenId", ${stateOf('k')} as before
     from impact t join impact k on k.kind = t.kind where k.case_id = $1 and t.case_id = $2 and ${gravity('t')} > ${gravity('k')}
       and ($3::uuid[] is null or t.id = any($3))`,
    [kept, taken, only],
  );
  const joined: ImpactTwins[] = [];
  for (const twin of twins) {
    const [rows]: [Pick<ImpactTwins, 'after'>[], number] = await tx.query(
      `update impact k set ${STATE.map((column) => `${column} = t.${column}`).join(', ')} from impact t
       where k.id = $1 and t.id = $2 returning ${stateOf('k')} as after`,
      [twin.keptId, twin.takenId],
    );
    joined.push({ ...twin, after: rows[0]?.after ?? {} });
  }
  return joined;
}

/** Apart again: what became of it since became of the taken one; the kept one stands as it stood. */
export async function partImpacts(
  tx: EntityManager,
  { kept, taken }: { kept: string; taken: string },
  twins: ImpactTwins[],
): Promise<void> {
  for (const { keptId, takenId, before, after } of twins) {
    await tx.query(
      `update impact t set state = k.state, state_at = k.state_at, restored_at = k.restored_at from impact k
       where t.id = $1 and t.case_id = $2 and k.id = $3 and k.case_id = $4
         and (k.state, k.state_at) is distinct from ($5::jsonb ->> 'state', ($5::jsonb ->> 'state_at')::timestamptz)`,
      [takenId, taken, keptId, kept, JSON.stringify(after)],
    );
    await tx.query(
      `update impact k set ${STATE.map((column) => `${column} = ${column === 'problem_id' ? MINE : `b.${column}`}`).join(', ')}
       from jsonb_populate_record(null::impact, $3) b where k.id = $1 and k.case_id = $2`,
      [keptId, kept, JSON.stringify(before)],
    );
  }
}

/** A problem somebody has put elsewhere since takes its impact along no more. */
const MINE = '(select p.id from problem p where p.id = b.problem_id and p.case_id = k.case_id)';
