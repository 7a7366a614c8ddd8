import { createHmac } from 'node:crypto';
import { BenefitDesk } from './benefit-desk.js';

const SECRET = 'sandbox-benefits-secret';
const NOW = 1_772_442_000_000;
const open = () => new BenefitDesk(SECRET, () => NOW);
const message = (id: string) => JSON.stringify({ id, type: 'points.granted', data: { points: 5 } });
const header = (id: string, body = message(id), timestamp = String(NOW / 1000)) => ({
  ...{ id, timestamp },
  signature: `v1,${createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
});

it('takes a message once, however often it comes', () => {
  const desk = open();
  for (let n = 0; n < 3; n += 1) expect(desk.take('loyalty', header('a'), message('a')).status).toBe(200);
  expect(desk.all()).toMatchObject([{ id: 'a', system: 'loyalty', times: 3, data: { points: 5 } }]);
});

it('takes nothing that is not signed, or was signed long ago', () => {
  const desk = open();
  expect(desk.take('loyalty', { ...header('a'), signature: 'v1,AAAA' }, message('a')).status).toBe(401);
  expect(desk.take('loyalty', header('a'), message('b')).status).toBe(401);
  expect(desk.take('loyalty', header('a', message('a'), String(NOW / 1000 - 301)), message('a')).status).toBe(401);
  expect(desk.all()).toEqual([]);
});

it('has bad days', () => {
  const desk = open();
  desk.setWeather({ downNext: 1, refuseNext: 1, loseAnswerNext: 1 });
  const statuses = Array.from({ length: 4 }, () => desk.take('billing', header('a'), message('a')).status);
  expect(statuses).toEqual([503, 422, 503, 200]);
  expect(desk.all()).toMatchObject([{ times: 2 }]);
});
