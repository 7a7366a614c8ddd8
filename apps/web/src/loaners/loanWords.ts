import type { LoanerModel } from '#contracts';

/** As one says it: brand and model. */
export const nameOf = ({ brand, name }: Pick<LoanerModel, 'brand' | 'name'>): string => `${brand} ${name}`;
