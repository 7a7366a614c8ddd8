// The phone: direct messages with the company on X.
import { companyFace, filePicker, glyph, h } from './elements.js';
import { Basket, packed } from './files.js';
import { Telephone } from './telephone.js';
import { call, chosenPerson, world } from './world.js';
import { dayOf, say, timeOf } from './words.js';

const MOST_SHOWN = 300;
const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,video/mp4';
const FIVE_MINUTES = 300_000;

/** Text with its links to click on. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part) =>
      /^https?:\/\//.test(part) ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
    );
}

/** A picture that grows while it loads must not push the end out of sight. */
function keepAtEnd(image) {
  const log = image.closest('.log');
  if (log && log.scrollHeight - log.scrollTop - log.clientHeight < image.clientHeight + 120)
    log.scrollTop = log.scrollHeight;
}

function bubbles(dm, isNew) {
  const side = `bubble ${dm.direction}${isNew ? ' new' : ''}`;
  const parts = [];
  if (dm.attachment) {
    const { url, contentType } = dm.attachment;
    const media = contentType.startsWith('video/')
      ? h('video', { src: url, controls: true })
      : h('img', { src: url, alt: say('file'), onload: (event) => keepAtEnd(event.target) });
    parts.push(h('div', { class: `${side} picture` }, media));
  }
  if (dm.type === 'post') parts.push(h('small', { class: `public ${dm.direction}` }, say('inPublic')));
  if (dm.text !== '') parts.push(h('div', { class: side }, ...linked(dm.text)));
  return parts;
}

export class Chat {
  constructor(report) {
    this.report = report;
    this.known = new Set();
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' });
    this.basket = new Basket(1);
    this.text = h('textarea', {
      class: 'field',
      rows: '1',
      maxlength: '10000',
      onkeydown: (event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.form.requestSubmit();
      },
    });
    this.form = h('form', {
      class: 'write',
      onsubmit: (event) => {
        event.preventDefault();
        void this.send();
      },
    });
    this.isPublic = h('input', { type: 'checkbox', onchange: () => this.translate() });
    this.clock = h('span');
    this.with = h('div', { class: 'with' });
    this.telephone = new Telephone(report);
    const bar = h('div', { class: 'bar', 'aria-hidden': 'true' }, this.clock, h('i'), h('span', {}, 'X'));
    const { element: telephone } = this.telephone;
    const parts = [bar, this.with, telephone, this.log, this.basket.element, this.form];
    this.element = h('section', { class: 'phone' }, ...parts);
  }

  /** Everything anew: another person or another language. */
  reset() {
    this.known.clear();
    this.text.value = '';
    this.isPublic.checked = false;
    this.basket.empty();
    this.telephone.reset();
    this.translate();
  }

  translate() {
    this.element.setAttribute('aria-label', say('messages'));
    const prompt = say(this.isPublic.checked ? 'writePost' : 'writeDm');
    this.text.placeholder = prompt;
    this.text.setAttribute('aria-label', prompt);
    const { displayName, handle } = world.about.care;
    this.with.replaceChildren(
      companyFace('small'),
      h('div', {}, h('strong', {}, displayName), h('small', {}, `@${handle}`)),
      ...[this.telephone.button()].filter((button) => button !== null),
    );
    this.telephone.show();
    const submit = h('button', { class: 'send', 'aria-label': say('send'), title: say('send') }, glyph('send'));
    const picker = filePicker(say('attach'), 'picture', PICTURES, false, (files) => this.basket.add(files));
    const open = h('label', { class: 'public', title: say('inPublicHint') }, this.isPublic, say('inPublic'));
    this.form.replaceChildren(...(this.isPublic.checked ? [] : picker), open, this.text, submit);
    this.show();
  }

  show() {
    this.clock.textContent = timeOf(Date.now());
    const dms = world.thread.filter((entry) => entry.type === 'dm' || entry.type === 'post').slice(-MOST_SHOWN);
    const first = this.known.size === 0;
    const nodes = dms.length === 0 ? [this.nothing()] : [];
    dms.forEach((dm, index) => {
      const [before, after] = [dms[index - 1], dms[index + 1]];
      if (!before || dayOf(before.at) !== dayOf(dm.at)) nodes.push(h('div', { class: 'day' }, dayOf(dm.at)));
      nodes.push(...bubbles(dm, !first && !this.known.has(dm.id)));
      const isLast =
        !after || after.direction !== dm.direction || Date.parse(after.at) - Date.parse(dm.at) > FIVE_MINUTES;
      if (isLast) nodes.push(h('time', { class: `at ${dm.direction}`, datetime: dm.at }, timeOf(dm.at)));
    });
    dms.forEach((dm) => this.known.add(dm.id));
    const wasAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    this.log.replaceChildren(...nodes);
    if (first || wasAtEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  nothing() {
    const starters = say('starters').map((words) =>
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            this.text.value = words;
            this.text.focus();
          },
        },
        words,
      ),
    );
    return h(
      'div',
      { class: 'nothing' },
      companyFace(),
      h('strong', {}, say('chatEmpty')),
      h('span', {}, say('chatEmptyHint')),
      h('div', { class: 'starters' }, ...starters),
    );
  }

  async send() {
    const person = chosenPerson();
    const text = this.text.value.trim();
    const [file] = this.basket.files;
    if (!person || (text === '' && !file)) return;
    this.text.value = '';
    this.basket.empty();
    try {
      if (this.isPublic.checked) {
        // A post reaches whom it names.
        const { handle } = world.about.care;
        const calls = text.toLowerCase().includes(`@${handle.toLowerCase()}`);
        await call('POST', `/customers/${person.id}/post`, { text: calls ? text : `@${handle} ${text}` });
      } else {
        const attachment = file ? { attachment: await packed(file) } : {};
        await call('POST', `/customers/${person.id}/dm`, { text, ...attachment });
      }
      this.log.scrollTop = this.log.scrollHeight;
    } catch (failure) {
      this.text.value = text;
      if (file) this.basket.add([file]);
      this.report(failure);
    }
    this.text.focus();
  }
}
