import type { LoanCharge } from '#contracts';

type Standing = Pick<LoanCharge, 'id' | 'kind'>;

/**
 * What is owed no more of what stands on a loan. A phone that is lost is owed whole, so nothing that was broken on it is as well; one that
 * is there again is not lost.
 * @param by what has become of the phone
 */
export const chargesEnded = (standing: readonly Standing[], by: 'loss' | 'found'): string[] =>
  standing.filter(({ kind }) => (by === 'loss' ? kind === 'damage' : kind === 'loss')).map(({ id }) => id);
