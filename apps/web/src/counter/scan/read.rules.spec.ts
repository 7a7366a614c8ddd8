import { readingOf } from './read.rules.js';

describe('what the camera reads', () => {
  it.each([
    ['490154203237518', { kind: 'imei', imei: '490154203237518' }],
    ['IMEI1: 490154203237518', { kind: 'imei', imei: '490154203237518' }],
    ['49 015420 323751 8', { kind: 'imei', imei: '490154203237518' }],
    // The digits do not add up; a serial number and a product code are neither.
    ['490154203237519', null],
    ['8412345678905', null],
    ['SN-4F7731', null],
    ['https://example.com/promo', null],
  ])('%s', (text, reading) => expect(readingOf(text)).toEqual(reading));

  it('a code of a case, as an address or as it is said', () => {
    const reading = readingOf('H-7K2F-9Q');
    if (reading) expect(reading).toMatchObject({ kind: 'code', reference: 'H-7K2F-9Q' });
  });
});
