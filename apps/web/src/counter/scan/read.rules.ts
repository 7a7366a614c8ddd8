import { readCode, readImei, readLegCode } from '#contracts';

/** What a camera reads off a screen, a receipt or a box. */
export type Reading =
  { kind: 'code'; text: string; reference: string } | { kind: 'imei'; imei: string } | { kind: 'leg'; code: string };

const IMEI = /(?<!\d)\d{15}(?!\d)/u;

/** A code of a case or of a shipment, or an IMEI whose digits add up; null for everything else a box has on it. */
export const readingOf = (text: string): Reading | null => {
  const imei = readImei(IMEI.exec(text.replace(/[\s/-]/gu, ''))?.[0] ?? '');
  if (imei) return { kind: 'imei', imei };
  const leg = readLegCode(text);
  if (leg) return { kind: 'leg', code: leg };
  const code = readCode(text);
  return code && /[a-z]/iu.test(text) ? { kind: 'code', text: text.trim(), reference: code.reference } : null;
};
