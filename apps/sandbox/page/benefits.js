// What billing, voucher and loyalty systems have been told, and the day they have.
import { document, fetch } from './browser.js';
import { h } from './elements.js';

const NAMES = {
  billing: 'Facturación · Billing',
  voucher: 'Bonos · Vouchers',
  loyalty: 'Puntos · Points',
};
const list = document.getElementById('taken');
let shown = '';

const money = ({ cents, currency }) => {
  const format = new Intl.NumberFormat('es-ES', { style: 'currency', currency });
  return format.format(cents / 10 ** format.resolvedOptions().maximumFractionDigits);
};

const line = ({ system, type, data, at, times }) =>
  h(
    'li',
    {},
    h('strong', {}, `${NAMES[system]} · ${type}`),
    h('div', {}, [data.amount ? money(data.amount) : data.points, data.caseReference].filter(Boolean).join(' · ')),
    h('small', {}, `${new Date(at).toLocaleString('es-ES')} · ×${times}`),
    h('pre', {}, JSON.stringify(data, null, 2)),
  );

async function look() {
  const told = await (await fetch('/control/benefits')).json();
  const said = JSON.stringify(told);
  if (said === shown) return;
  shown = said;
  list.replaceChildren(...told.items.map(line));
  const { latencyMs, downNext, loseAnswerNext, refuseNext } = told.weather;
  document.getElementById('now').textContent = [
    latencyMs && `${latencyMs} ms`,
    downNext && `503 × ${downNext}`,
    loseAnswerNext && `… × ${loseAnswerNext}`,
    refuseNext && `422 × ${refuseNext}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

document.getElementById('weather').addEventListener('click', async ({ target }) => {
  const set = target.closest('[data-set]')?.dataset.set;
  if (!set) return;
  await fetch('/control/benefits/weather', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: set,
  });
  await look();
});
await look();
setInterval(look, 2000);
