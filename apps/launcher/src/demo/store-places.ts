import type { OpeningHours } from '#contracts';
import type { StorePlace } from '#cases';

const ALL_DAY = [{ from: '10:00', to: '21:00' }];
const SPLIT = [
  { from: '10:00', to: '14:00' },
  { from: '16:30', to: '20:30' },
];
const MORNING = [{ from: '10:00', to: '14:00' }];

const whole = (): OpeningHours => ({
  weekly: { mon: ALL_DAY, tue: ALL_DAY, wed: ALL_DAY, thu: ALL_DAY, fri: ALL_DAY, sat: ALL_DAY },
  exceptions: [],
});
const split = (): OpeningHours => ({
  weekly: { mon: SPLIT, tue: SPLIT, wed: SPLIT, thu: SPLIT, fri: SPLIT, sat: MORNING },
  exceptions: [],
});

/** Where the demo stores are, when they open and how many wait there, by their code. */
export const STORE_PLACES: Record<string, StorePlace & { waiting: number }> = {
  goya: { postcode: '28001', lat: 40.42465, lon: -3.67905, hours: whole(), waiting: 2 },
  granvia: {
    postcode: '28013',
    lat: 40.42013,
    lon: -3.70334,
    hours: { weekly: { ...whole().weekly, sun: [{ from: '11:00', to: '20:00' }] }, exceptions: [] },
    waiting: 5,
  },
  colon: { postcode: '46004', lat: 39.46995, lon: -0.37236, hours: split(), waiting: 0 },
  laspalmas: { postcode: '35002', lat: 28.10452, lon: -15.41573, hours: split(), waiting: 1 },
};
