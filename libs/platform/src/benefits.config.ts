import { z } from 'zod';

/** Where billing, voucher and loyalty systems are told of what customers are given and owed. */
export const BENEFITS_KEYS = {
  HILO_BENEFITS_URL: z.url({ protocol: /^https?$/ }).optional(),
  HILO_BENEFITS_SECRET: z.string().min(16).optional(),
};

interface Keys {
  HILO_BENEFITS_URL?: string | undefined;
  HILO_BENEFITS_SECRET?: string | undefined;
}

/** Null: messages wait until somebody says where to. */
export const benefitsConfig = ({ HILO_BENEFITS_URL: url, HILO_BENEFITS_SECRET: secret }: Keys) =>
  url && secret ? { url, secret } : null;

/** One without the other is a mistake. */
export function refuseHalfBenefits(env: Keys, context: z.RefinementCtx): void {
  const missing = env.HILO_BENEFITS_URL ? 'HILO_BENEFITS_SECRET' : 'HILO_BENEFITS_URL';
  if (Boolean(env.HILO_BENEFITS_URL) !== Boolean(env.HILO_BENEFITS_SECRET))
    context.addIssue({ code: 'custom', path: [missing], message: 'is missing: address and secret go together' });
}
