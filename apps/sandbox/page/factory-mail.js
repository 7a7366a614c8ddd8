// A mail to a company: as it was written, its buttons, and an answer in words.
import { h } from './elements.js';
import { tell } from './factory-words.js';
import { letter } from './letter.js';
import { call } from './world.js';

export class MailView {
  constructor(report) {
    this.report = report;
    this.element = h('div', { class: 'ticket' });
    this.shown = null;
  }

  show(mail, isForced = false) {
    const seen = `${mail.id} ${mail.sending?.state}`;
    if (seen === this.shown && !isForced) return;
    this.shown = seen;
    const buttons = mail.buttons.map(({ text, href }) =>
      h('a', { class: 'secondary', href, target: '_blank', rel: 'noopener noreferrer' }, text),
    );
    this.element.replaceChildren(
      h('div', { class: 'head' }, h('h2', {}, mail.subject), h('span', { class: 'name' }, mail.mailbox)),
      buttons.length > 0 ? h('div', { class: 'deeds', role: 'group', 'aria-label': tell('buttons') }, ...buttons) : '',
      letter(mail, { id: mail.mailbox, displayName: mail.mailbox }),
      mail.direction === 'in' ? this.answer(mail) : '',
    );
  }

  answer(mail) {
    const text = h('textarea', {
      class: 'field',
      name: 'text',
      rows: 3,
      required: true,
      placeholder: tell('answerHint'),
      'aria-label': tell('answer'),
    });
    const form = h(
      'form',
      { class: 'deed' },
      text,
      h('div', { class: 'row' }, h('button', { type: 'submit', class: 'primary' }, tell('answer'))),
    );
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await call('POST', `/manufacturer/mails/${mail.id}/reply`, { text: text.value });
        text.value = '';
        this.report(tell('sent'));
      } catch (failure) {
        this.report(failure);
      }
    });
    return form;
  }
}
