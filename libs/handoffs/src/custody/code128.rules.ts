/**
 * Code 128 (ISO/IEC 15417), code set B: how wide the bars and gaps of each sign are, in modules, bar first. By value; 104 begins, the last
 * one ends.
 */
const WIDTHS =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211
 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313
 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111
 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142
 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131
 211412 211214 211232 2331112`.split(/\s+/u);
const [START, STOP, MODULUS] = [104, 106, 103];
const FIRST_SIGN = 32;

/**
 * The bars of a text.
 * @returns widths in modules, a bar and a gap by turns, a bar at both ends; without the quiet zone of ten modules on either side
 * @throws RangeError for signs beyond printable ASCII
 */
export function barsOf(text: string): number[] {
  const values = [...text].map((sign) => (sign.codePointAt(0) ?? 0) - FIRST_SIGN);
  if (values.some((value) => value < 0 || value > 94)) throw new RangeError(`no bars for ${text}`);
  const check = values.reduce((sum, value, at) => sum + value * (at + 1), START) % MODULUS;
  return [START, ...values, check, STOP].flatMap((value) => [...(WIDTHS[value] ?? '')].map(Number));
}
