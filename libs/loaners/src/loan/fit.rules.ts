import type { LoanerFit, LoanerOs, LoanerSim, LoanWish } from '#contracts';

/** Why a model fits what the customer has, or does not. Said, never acted on: people choose. */
export function fitsOf(model: { os: LoanerOs; sims: readonly LoanerSim[] }, { os, sim }: LoanWish): LoanerFit[] {
  const known = (is: boolean | null, code: 'os' | 'sim'): LoanerFit => {
    if (is === null) return { code: `${code}_unknown`, ok: null };
    if (code === 'os') return { code: is ? 'os_same' : 'os_other', ok: is };
    return { code: is ? 'sim_fits' : 'sim_other', ok: is };
  };
  return [known(sim && model.sims.includes(sim), 'sim'), known(os && model.os === os, 'os')];
}

/** Those that fit best come first, and none is left out. */
export const fitRank = (fits: readonly LoanerFit[]): number =>
  fits.reduce((rank, { ok }) => rank + (ok === false ? 2 : ok === null ? 1 : 0), 0);
