import { distanceKm, mapUrl, placeOf } from './places.rules.js';

const GOYA = { lat: 40.4247, lon: -3.6773, city: 'Madrid', postcode: '28001' };
const COLON = { lat: 39.4699, lon: -0.3723, city: 'Valencia', postcode: '46004' };

it.each([
  ['28001', { lat: GOYA.lat, lon: GOYA.lon }],
  ['28045', { lat: 40.42, lon: -3.7 }],
  [' valencia ', { lat: COLON.lat, lon: COLON.lon }],
  ['Ávila', { lat: 40.66, lon: -4.7 }],
  ['avila', { lat: 40.66, lon: -4.7 }],
  ['99999', null],
  ['Macondo', null],
  ['', null],
])('%p is %p', (typed, place) => {
  expect(placeOf(typed, [GOYA, COLON])).toEqual(place);
});

it('measures as the crow flies', () => {
  expect(distanceKm(GOYA, COLON)).toBeCloseTo(300, -1);
  expect(distanceKm(GOYA, GOYA)).toBe(0);
  expect(distanceKm({ lat: 90, lon: 0 }, { lat: -90, lon: 0 })).toBeCloseTo(20015, 0);
});

it('is symmetric, never negative and never takes a detour for a shortcut', () => {
  const places = Array.from({ length: 12 }, (_, n) => ({ lat: ((n * 37) % 170) - 85, lon: ((n * 71) % 350) - 175 }));
  for (const a of places)
    for (const b of places) {
      expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
      for (const c of places) expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-6);
    }
});

it('leads to a map', () => {
  expect(mapUrl(GOYA)).toBe('https://www.openstreetmap.org/?mlat=40.4247&mlon=-3.6773#map=18/40.4247/-3.6773');
});
