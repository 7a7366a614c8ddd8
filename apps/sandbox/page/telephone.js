// Telephoning the company: dial, be answered or not, hang up; and whether the product was told.
import { FormData } from './browser.js';
import { h, iconButton } from './elements.js';
import { call, chosenPerson, refresh, world } from './world.js';
import { say } from './words.js';

const TWO = (number) => String(number).padStart(2, '0');
const lasting = (from, to) => {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return `${Math.floor(seconds / 60)}:${TWO(seconds % 60)}`;
};

/** The line under the company's name: nothing, what to dial, or the call that is on. */
export class Telephone {
  constructor(report) {
    this.report = report;
    this.dialling = false;
    this.element = h('div', { class: 'telephone', hidden: true });
    setInterval(() => this.current()?.state === 'talking' && this.show(), 1000);
  }

  /** Rings the company; not there for who has no telephone. */
  button() {
    return chosenPerson()?.phone
      ? iconButton('phone', say('telephone'), () => {
          this.dialling = true;
          this.show();
          this.element.querySelector('input')?.focus();
        })
      : null;
  }

  reset() {
    this.dialling = false;
    this.show();
  }

  /** The latest call of this person. */
  current() {
    return world.calls.findLast(({ personId }) => personId === world.chosen);
  }

  show() {
    const latest = this.current();
    const isOn = latest && latest.state !== 'over';
    const parts = isOn ? this.line(latest) : this.dialling ? [this.form()] : latest ? this.line(latest) : [];
    this.element.hidden = parts.length === 0;
    this.element.dataset.state = isOn ? latest.state : '';
    // What is being typed stays while something else changes.
    if (!isOn && this.dialling && this.element.querySelector('form')) return;
    this.element.replaceChildren(...parts);
  }

  form() {
    const form = h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          const given = new FormData(form);
          const extension = String(given.get('extension')).trim();
          void this.deed(`/customers/${world.chosen}/call`, {
            ...(extension === '' ? {} : { extension }),
            withheld: given.get('withheld') !== null,
          });
        },
      },
      h('input', { class: 'field', name: 'extension', placeholder: say('extension'), 'aria-label': say('extension') }),
      h('label', {}, h('input', { type: 'checkbox', name: 'withheld' }), say('withheld')),
      h('button', { class: 'primary' }, say('dial')),
      h('button', { type: 'button', class: 'secondary', onclick: () => this.reset() }, say('cancel')),
    );
    return form;
  }

  line({ id, state, outcome, answeredAt, endedAt, told }) {
    const button = (words, path, body, kind = 'secondary') =>
      h('button', { type: 'button', class: kind, onclick: () => void this.deed(`/calls/${id}/${path}`, body) }, words);
    if (state === 'ringing')
      return [
        h('strong', {}, say('rings')),
        button(say('pickUp'), 'answer', {}, 'primary'),
        button(say('noAnswer'), 'hang-up', {}),
        button(say('busy'), 'hang-up', { unanswered: 'busy' }),
      ];
    if (state === 'talking')
      return [
        h('strong', {}, say('talking', lasting(answeredAt, new Date().toISOString()))),
        button(say('hangUp'), 'hang-up', {}),
      ];
    const status = told.findLast(({ what }) => what === 'record')?.status;
    const knows = status !== null && status !== undefined && status < 300;
    const how = outcome === 'answered' ? say('spoke', lasting(answeredAt, endedAt)) : say(`call_${outcome}`);
    return [h('span', {}, how), h('small', {}, say(knows ? 'productKnows' : 'productDoesNot'))];
  }

  async deed(path, body) {
    this.dialling = false;
    try {
      await call('POST', path, body);
    } catch (failure) {
      this.report(failure);
    }
    this.element.replaceChildren();
    refresh('calls');
  }
}
