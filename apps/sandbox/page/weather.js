// What goes wrong outside: the knobs.
import { document } from './browser.js';
import { h, iconButton } from './elements.js';
import { call, chosenPerson, refresh, world } from './world.js';
import { say, timeOf } from './words.js';

/** How many things are not as in fair weather. */
export function amiss(knobs) {
  if (!knobs) return 0;
  const { twitter, webhooks, mail } = knobs;
  const twitterCalm = {
    rateLimits: 'generous',
    unknownRecipients: 'adopt',
    // How sends are counted and refused, once they are.
    sendsPerWindow: 15,
    sendsPerDay: 1440,
    refuseWith: twitter.refuseWith,
    filmSteps: 0,
  };
  const webhooksCalm = { enabled: true, envelope: webhooks.envelope, copies: 1, products: 'both' };
  const odd = (values, calm) =>
    Object.entries(values).filter(([name, value]) => {
      if (name in calm) return value !== calm[name];
      return Array.isArray(value) ? value.length > 0 : Boolean(value);
    }).length;
  return odd(twitter, twitterCalm) + odd(webhooks, webhooksCalm) + odd(mail, {});
}

export class Weather {
  constructor(element, report, close) {
    this.element = element;
    this.report = report;
    this.close = close;
  }

  async set(group, values) {
    try {
      world.knobs = await call('POST', '/knobs', { [group]: values });
      this.show();
    } catch (failure) {
      this.report(failure);
    }
  }

  async clear() {
    await call('DELETE', '/knobs');
    refresh('knobs');
  }

  show() {
    if (this.element.hidden || !world.knobs) return;
    const scroll = this.element.querySelector('.body')?.scrollTop ?? 0;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.knob : undefined;
    const clear = h('button', { class: 'quiet', type: 'button', onclick: () => void this.clear() }, say('clear'));
    const body = h('div', { class: 'body' }, ...this.twitter(), ...this.webhooks(), ...this.mail(), ...this.load());
    this.element.replaceChildren(
      h('div', { class: 'head' }, h('h2', {}, say('weather')), clear, iconButton('close', say('close'), this.close)),
      body,
    );
    body.scrollTop = scroll;
    if (focused) this.element.querySelector(`[data-knob="${focused}"]`)?.focus();
  }

  twitter() {
    const knobs = world.knobs.twitter;
    const left = knobs.limitForSeconds;
    return [
      h('h3', {}, say('x')),
      this.choice('twitter', 'rateLimits', 'limits', ['generous', 'strict'], 'limitsHint', 'generous'),
      this.row(
        'exhausted',
        left > 0,
        h(
          'button',
          {
            class: 'secondary',
            type: 'button',
            'data-knob': 'limitForSeconds',
            onclick: () => this.set('twitter', { limitForSeconds: left > 0 ? 0 : 60 }),
          },
          left > 0 ? say('left', left) : say('minute'),
        ),
      ),
      this.slider('twitter', 'errorRate', 'errorRate', { max: 1, step: 0.05, show: (v) => `${Math.round(v * 100)} %` }),
      this.slider('twitter', 'latencyMs', 'latency', { max: 5000, step: 250, show: (v) => `${v / 1000} s` }),
      this.steps('twitter', 'errorAfterCommitNext', 'errorAfter', 0, 'errorAfterHint'),
      this.steps('twitter', 'resetAfterCommitNext', 'resetAfter', 0, 'resetAfterHint'),
      this.toggle('twitter', 'unauthorised', 'unauthorised', false),
      this.toggle('twitter', 'outOfCredits', 'outOfCredits', false),
    ];
  }

  webhooks() {
    return [
      h('h3', {}, say('webhooks')),
      this.toggle('webhooks', 'enabled', 'enabled', true, 'enabledHint'),
      this.choice('webhooks', 'envelope', 'envelope', ['aaa', 'xaa', 'both']),
      this.steps('webhooks', 'copies', 'copies', 1),
      this.slider('webhooks', 'delayMs', 'delay', { max: 60_000, step: 1000, show: (v) => `${v / 1000} s` }),
      this.toggle('webhooks', 'reorder', 'reorder', false),
    ];
  }

  mail() {
    const email = chosenPerson()?.email ?? null;
    const listed = (name, key) => {
      const list = world.knobs.mail[name];
      const isOn = list.includes(email);
      const flip = () => this.set('mail', { [name]: isOn ? list.filter((one) => one !== email) : [...list, email] });
      return this.row(key, isOn, this.switch(name, key, isOn, flip));
    };
    return [
      h('h3', {}, say('mailWeather')),
      this.steps('mail', 'deferNext', 'deferNext', 0),
      this.steps('mail', 'dropNext', 'dropNext', 0),
      this.steps('mail', 'dropAfterAcceptNext', 'dropAfter', 0),
      ...(email ? [listed('deferAddresses', 'deferThis'), listed('refuseAddresses', 'refuseThis')] : []),
    ];
  }

  load() {
    const burst = async (count) => {
      try {
        await call('POST', '/burst', { count, wait: false });
        this.report(say('burstDone', count));
      } catch (failure) {
        this.report(failure);
      }
    };
    const button = (count) => h('button', { type: 'button', onclick: () => void burst(count) }, String(count));
    const rows = world.deliveries.map((one) => {
      const state = one.status ?? (one.outcome === 'failed' ? say('unanswered') : say(one.outcome));
      const dot = h('i', { class: `dot${one.outcome === 'accepted' ? '' : ' due'}` });
      return h(
        'li',
        {},
        dot,
        h('span', {}, `${one.envelope.toUpperCase()} …${one.dmId.slice(-6)}`),
        h('b', {}, String(state)),
        h('time', { datetime: one.at }, timeOf(one.at)),
      );
    });
    return [
      h('h3', {}, say('load')),
      this.row('burst', false, h('span', { class: 'choice' }, ...[20, 200, 2000].map(button)), 'burstHint'),
      h('h3', {}, say('deliveries')),
      rows.length > 0 ? h('ul', { class: 'deliveries' }, ...rows) : h('p', { class: 'to' }, say('noDeliveries')),
    ];
  }

  row(key, isRough, control, hint) {
    const label = h('span', { class: 'label' }, say(key));
    return h(
      'div',
      { class: `knob${isRough ? ' rough' : ''}` },
      label,
      control,
      hint && h('span', { class: 'hint' }, say(hint)),
    );
  }

  switch(name, key, isOn, flip) {
    return h('input', {
      type: 'checkbox',
      role: 'switch',
      class: 'switch',
      'aria-label': say(key),
      'data-knob': name,
      checked: isOn,
      onchange: () => void flip(),
    });
  }

  toggle(group, name, key, calm, hint) {
    const value = world.knobs[group][name];
    const flip = () => this.set(group, { [name]: !value });
    return this.row(key, value !== calm, this.switch(name, key, value, flip), hint);
  }

  choice(group, name, key, values, hint, calm) {
    const current = world.knobs[group][name];
    const words = { aaa: 'AAA', xaa: 'XAA' };
    const buttons = values.map((value) =>
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': String(value === current),
          'data-knob': `${name}-${value}`,
          onclick: () => this.set(group, { [name]: value }),
        },
        words[value] ?? say(value),
      ),
    );
    const control = h('span', { class: 'choice', role: 'group', 'aria-label': say(key) }, ...buttons);
    return this.row(key, calm !== undefined && current !== calm, control, hint);
  }

  steps(group, name, key, calm, hint) {
    const value = world.knobs[group][name];
    const step = (by) => this.set(group, { [name]: Math.max(calm, value + by) });
    const button = (sign, by) =>
      h(
        'button',
        {
          type: 'button',
          'aria-label': `${say(key)} ${sign}1`,
          'data-knob': `${name}${sign}`,
          onclick: () => step(by),
        },
        sign,
      );
    const control = h('span', { class: 'steps' }, button('−', -1), h('output', {}, String(value)), button('+', 1));
    return this.row(key, value !== calm, control, hint);
  }

  slider(group, name, key, { max, step, show }) {
    const value = world.knobs[group][name];
    const output = h('output', {}, show(value));
    const input = h('input', {
      type: 'range',
      min: '0',
      max: String(max),
      step: String(step),
      'aria-label': say(key),
      'data-knob': name,
      oninput: () => (output.textContent = show(Number(input.value))),
      onchange: () => void this.set(group, { [name]: Number(input.value) }),
    });
    input.value = String(value);
    const row = this.row(key, value !== 0, output);
    row.append(input);
    return row;
  }
}
