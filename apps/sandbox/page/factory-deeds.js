// What a person at the manufacturer can do with a ticket, and what each asks for.
import { FormData, btoa } from './browser.js';
import { h } from './elements.js';
import { tell } from './factory-words.js';

const day = 86_400_000;
const pad = (number) => String(number).padStart(2, '0');

/** So many days from now at 18:00, as the field has it. */
function inDays(days, from = Date.now()) {
  const at = new Date(from + days * day);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T18:00`;
}

const example = (name) => tell('examples')[name];
const OUTCOMES = ['repaired', 'replaced', 'no_fault', 'unrepairable', 'advised', 'other'];

/** Fields of each: a name, what stands in it at first, and what kind it is. */
const FIELDS = {
  acknowledge: () => [],
  accept: () => [
    ['rma', `RMA-${Math.floor(1000 + Math.random() * 9000)}`],
    ['engineerName', 'Ana Roig'],
    ['engineerPhone', '+34 931 220 118'],
    ['etaAt', inDays(5), 'datetime-local'],
  ],
  reject: () => [
    ['reason', example('reason'), 'long', true],
    ['nextStep', example('nextStep')],
  ],
  ask: () => [['question', example('question'), 'long', true]],
  work: () => [['text', '']],
  quote: () => [
    ['description', example('description'), 'text', true],
    ['list', '400', 'money', true],
    ['price', '200', 'money', true],
    ['agreement', example('agreement')],
    ['coverMonths', '12', 'number'],
  ],
  eta: ({ expectedResolutionDate: due }) => [
    ['etaAt', inDays(3, due ? Date.parse(due) : Date.now()), 'datetime-local', true],
    ['reason', example('slip')],
  ],
  received: () => [],
  dispatched: () => [
    ['carrier', 'Rayo'],
    ['trackingNumber', `RY-${Math.floor(100_000 + Math.random() * 900_000)}`],
    ['etaAt', inDays(2), 'datetime-local'],
  ],
  resolve: () => [
    ['outcome', 'repaired', 'outcome'],
    ['text', example('text'), 'long', true],
  ],
  note: () => [['text', example('note'), 'long', true]],
  file: () => [['file', '', 'file', true]],
};

const instant = (local) => new Date(local).toISOString();
const cents = (euros) => Math.round(Number(euros.replace(',', '.')) * 100);

/** The deed a filled form means; what was left empty is left out. */
async function deedOf(name, form) {
  const { engineerName, engineerPhone, etaAt, list, price, coverMonths, description, file, ...rest } =
    Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  const when = etaAt ? { etaAt: instant(etaAt) } : {};
  const engineer = engineerName
    ? { engineer: { name: engineerName, ...(engineerPhone && { phone: engineerPhone }) } }
    : {};
  if (name === 'file') return { do: name, ...(await fileOf(file)) };
  if (name !== 'quote') return { do: name, ...rest, ...when, ...engineer };
  const cover = coverMonths > 0 ? { cover: { months: Number(coverMonths), what: description } } : {};
  const line = { description, kind: 'part', listCents: cents(list), priceCents: cents(price) };
  return { do: name, ...rest, lines: [line], ...cover };
}

async function fileOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const contentBase64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return { name: file.name, mimeType: file.type || 'application/octet-stream', contentBase64 };
}

function input([name, value, kind = 'text', required = false]) {
  const common = { name, class: 'field', required };
  if (kind === 'long') return h('textarea', { ...common, rows: 2, value });
  if (kind === 'outcome') {
    const options = OUTCOMES.map((one) => h('option', { value: one }, tell(one)));
    return h('select', common, ...options);
  }
  if (kind === 'file') return h('input', { ...common, type: 'file' });
  const type = kind === 'money' ? 'text' : kind;
  return h('input', {
    ...common,
    type,
    value,
    ...(kind === 'money' ? { inputmode: 'decimal', pattern: '[0-9]+([.,][0-9]{1,2})?' } : {}),
  });
}

const ENDED = ['rejected', 'cancelled', 'closed'];
const BY_STATUS = {
  new: ['acknowledge', 'accept', 'ask', 'reject', 'note', 'file'],
  resolved: ['dispatched', 'note', 'file', 'work'],
  acknowledged: ['accept', 'ask', 'reject', 'quote', 'eta', 'received', 'note', 'file'],
};
const WORKING = [
  'quote',
  'received',
  'eta',
  'ask',
  'resolve',
  'dispatched',
  'accept',
  'work',
  'reject',
  'note',
  'file',
];

/** What can be done with a ticket as it is, the likeliest first. */
export const deedsFor = ({ status }) => (ENDED.includes(status) ? [] : (BY_STATUS[status ?? 'new'] ?? WORKING));

/** The form of a deed; what needs nothing is done at once. */
export function deedForm(name, ticket, submit, cancel) {
  const rows = FIELDS[name](ticket).map((field) =>
    h('label', { class: field[2] === 'long' ? 'wide' : '' }, tell(field[0]), input(field)),
  );
  const form = h(
    'form',
    { class: 'deed', 'aria-label': tell(name) },
    ...rows,
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', class: 'secondary', onclick: cancel }, tell('cancel')),
      h('button', { type: 'submit', class: 'primary' }, tell(name)),
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await submit(await deedOf(name, form));
  });
  return form;
}

export const needsWords = (name, ticket) => FIELDS[name](ticket).length > 0;
