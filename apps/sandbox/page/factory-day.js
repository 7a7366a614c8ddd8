// The day the manufacturer has: the knobs.
import { document } from './browser.js';
import { h, iconButton } from './elements.js';
import { factory, setDay } from './factory-world.js';
import { tell } from './factory-words.js';
import { call } from './world.js';

const CALM = { acknowledgeAtOnce: undefined, events: true, copies: 1 };

/** How many things are not as on a good day. */
export const amiss = (day) =>
  Object.entries(day).filter(([name, value]) =>
    name in CALM ? CALM[name] !== undefined && value !== CALM[name] : Boolean(value),
  ).length;

export class Day {
  constructor(element, report, close) {
    this.element = element;
    this.report = report;
    this.close = close;
  }

  async set(day) {
    try {
      factory.about.weather = await setDay(day);
      this.show();
    } catch (failure) {
      this.report(failure);
    }
  }

  show() {
    if (this.element.hidden || !factory.about) return;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.knob : undefined;
    const clear = h(
      'button',
      { class: 'quiet', type: 'button', onclick: () => void call('DELETE', '/manufacturer/weather') },
      tell('goodDay'),
    );
    const expire = h(
      'button',
      { class: 'secondary', type: 'button', onclick: () => void this.expire() },
      tell('expire'),
    );
    const body = h(
      'div',
      { class: 'body' },
      h('h3', {}, tell('system')),
      this.toggle('down', 'down', 'downHint'),
      this.slider('latencyMs', 5000, 250),
      ...['errorNext', 'errorAfterCommitNext', 'resetAfterCommitNext'].map((name) => this.steps(name, 0)),
      this.steps('wrongNext', 0, 'wrongNextHint'),
      this.toggle('acknowledgeAtOnce'),
      h('div', { class: 'knob wide' }, expire),
      h('h3', {}, tell('events')),
      this.toggle('events', 'eventsOn'),
      this.steps('copies', 1),
      this.slider('delayMs', 60_000, 1000),
      this.toggle('reorder'),
      this.toggle('thin'),
    );
    this.element.replaceChildren(
      h('div', { class: 'head' }, h('h2', {}, tell('day')), clear, iconButton('close', tell('close'), this.close)),
      body,
    );
    if (focused) this.element.querySelector(`[data-knob="${focused}"]`)?.focus();
  }

  async expire() {
    await call('POST', '/manufacturer/expire-tokens', {});
    this.report(tell('done'));
  }

  row(key, isRough, control, hint) {
    return h(
      'div',
      { class: `knob${isRough ? ' rough' : ''}` },
      h('span', { class: 'label' }, tell(key)),
      control,
      hint && h('span', { class: 'hint' }, tell(hint)),
    );
  }

  toggle(name, key = name, hint = undefined) {
    const checked = factory.about.weather[name];
    const flip = () => void this.set({ [name]: !checked });
    const box = h('input', {
      type: 'checkbox',
      role: 'switch',
      class: 'switch',
      'aria-label': tell(key),
      'data-knob': name,
      checked,
      onchange: flip,
    });
    return this.row(key, name in CALM ? CALM[name] !== undefined && checked !== CALM[name] : checked, box, hint);
  }

  steps(name, calm, hint) {
    const value = factory.about.weather[name];
    const button = (sign, by) =>
      h(
        'button',
        {
          type: 'button',
          'aria-label': `${tell(name)} ${sign}1`,
          'data-knob': `${name}${sign}`,
          onclick: () => void this.set({ [name]: Math.max(calm, value + by) }),
        },
        sign,
      );
    const control = h('span', { class: 'steps' }, button('−', -1), h('output', {}, String(value)), button('+', 1));
    return this.row(name, value !== calm, control, hint);
  }

  slider(name, max, step) {
    const value = factory.about.weather[name];
    const seconds = (ms) => `${ms / 1000} s`;
    const output = h('output', {}, seconds(value));
    const input = h('input', {
      ...{ type: 'range', min: '0', max: String(max), step: String(step), 'aria-label': tell(name), 'data-knob': name },
      oninput: () => (output.textContent = seconds(Number(input.value))),
      onchange: () => void this.set({ [name]: Number(input.value) }),
    });
    input.value = String(value);
    const row = this.row(name, value !== 0, output);
    row.append(input);
    return row;
  }
}
