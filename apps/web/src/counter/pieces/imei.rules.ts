/** In the groups people read an IMEI in: "35 693803 564380 9"; anything else as it is typed. */
export const groupedImei = (text: string): string => {
  if (/[^\d\s-]/u.test(text)) return text;
  const digits = text.replace(/\D/gu, '');
  if (digits.length > 15) return digits;
  return [digits.slice(0, 2), digits.slice(2, 8), digits.slice(8, 14), digits.slice(14)].filter(Boolean).join(' ');
};
