import { groupedImei } from './imei.rules.js';

it.each([
  ['490154203237518', '49 015420 323751 8'],
  ['49 015420 323751 8', '49 015420 323751 8'],
  ['4901', '49 01'],
  // Sixteen digits, with the version of the software, and a MEID are other numbers, left as they are.
  ['4901542032375180', '4901542032375180'],
  ['A0000012345678', 'A0000012345678'],
  ['', ''],
])('%s is shown as %s', (typed, shown) => expect(groupedImei(typed)).toBe(shown));
