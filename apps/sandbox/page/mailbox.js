// The mailbox: threads, letters, writing and answering.
import { companyFace, face, filePicker, glyph, h, iconButton } from './elements.js';
import { Basket, packed } from './files.js';
import { letter, ownWords } from './letter.js';
import { answerSubject, threadsOf } from './mail-threads.js';
import { call, chosenPerson, world } from './world.js';
import { say, shortWhen } from './words.js';

export class Mailbox {
  constructor(report) {
    this.report = report;
    this.basket = new Basket(20);
    this.element = h('section', { class: 'mailbox' });
    this.head = h('div', { class: 'head' });
    this.body = h('div', { style: 'display:contents' });
    this.foot = h('div', { style: 'display:contents' });
    this.element.append(this.head, this.body, this.foot);
    this.subject = h('input', { class: 'field', maxlength: '900', autocomplete: 'off' });
    this.text = h('textarea', { class: 'field', required: true });
    this.reset();
  }

  /** Everything anew: another person. */
  reset() {
    this.open = null;
    this.writing = false;
    this.clearDraft();
  }

  clearDraft() {
    this.subject.value = '';
    this.text.value = '';
    this.basket.empty();
  }

  translate() {
    this.element.setAttribute('aria-label', say('mail'));
    for (const [input, words] of [
      [this.subject, say('subject')],
      [this.text, say('mailText')],
    ]) {
      input.placeholder = words;
      input.setAttribute('aria-label', words);
    }
    this.shownFoot = null;
    this.show();
  }

  show() {
    const person = chosenPerson();
    if (!person) return;
    const threads = threadsOf(world.thread.filter((entry) => entry.type === 'email'));
    const thread = threads.find((one) => one.root === this.open) ?? null;
    this.showHead(person, thread);
    if (thread) this.showLetters(thread, person);
    else this.body.replaceChildren(threads.length > 0 ? this.list(threads) : this.nothing(person));
    this.showFoot(person, thread);
  }

  showHead(person, thread) {
    const title = thread ? thread.subject || say('noSubject') : say('inbox');
    const leave = () => this.go(null, false);
    this.head.replaceChildren(
      ...(thread ? [iconButton('back', say('back'), leave)] : []),
      h('div', {}, h('strong', {}, title), thread ? '' : h('small', {}, person.email ?? say('noMailbox'))),
      ...(person.email && !this.writing && !thread
        ? [
            h(
              'button',
              { class: 'secondary', type: 'button', onclick: () => this.go(null, true) },
              glyph('pen'),
              say('writeMail'),
            ),
          ]
        : []),
    );
  }

  list(threads) {
    const rows = threads.map((thread) => {
      const last = thread.mails.at(-1);
      const count = thread.mails.length > 1 ? ` (${thread.mails.length})` : '';
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', onclick: () => this.go(thread.root, false) },
          last.direction === 'in' ? companyFace('small') : face(chosenPerson(), 'small'),
          h('b', {}, (thread.subject || say('noSubject')) + count),
          h('time', { datetime: last.at }, shortWhen(last.at)),
          h('span', { class: 'preview' }, (last.direction === 'out' ? say('you') : '') + ownWords(last).slice(0, 160)),
        ),
      );
    });
    return h('ul', { class: 'threads' }, ...rows);
  }

  nothing(person) {
    const hint = person.email ? say('mailEmptyHint') : say('noMailbox');
    return h('div', { class: 'nothing' }, h('strong', {}, say('mailEmpty')), h('span', {}, hint));
  }

  showLetters(thread, person) {
    const state = thread.mails.map((mail) => `${mail.id}${mail.sending?.state ?? ''}`).join();
    const key = `${thread.root} ${state} ${say('language')}`;
    if (this.shownLetters === key && this.body.firstChild?.className === 'reading') return;
    this.shownLetters = key;
    const letters = h('div', { class: 'reading' }, ...thread.mails.map((mail) => letter(mail, person)));
    this.body.replaceChildren(letters);
    letters.lastChild.scrollIntoView({ block: 'nearest' });
  }

  /** The form stays as it is while somebody writes in it. */
  showFoot(person, thread) {
    const key = this.writing ? `write ${thread?.root ?? ''}` : `read ${thread?.root ?? ''}`;
    if (this.shownFoot === key) return;
    this.shownFoot = key;
    if (this.writing) this.foot.replaceChildren(this.form(person, thread));
    else this.foot.replaceChildren(...(thread && person.email ? [this.answerBar(thread)] : []));
    if (this.writing) (thread ? this.text : this.subject).focus();
  }

  answerBar(thread) {
    const answer = () => this.go(thread.root, true);
    const button = h('button', { class: 'secondary', type: 'button', onclick: answer }, glyph('reply'), say('reply'));
    return h('div', { class: 'compose' }, h('div', { class: 'row' }, button));
  }

  form(person, thread) {
    const answered = thread?.mails.findLast((mail) => mail.direction === 'in') ?? thread?.mails.at(-1);
    const to = answered?.replyTo ?? (answered?.direction === 'in' ? answered.from : world.about.careAddress);
    const picker = filePicker(say('attach'), 'clip', '', true, (files) => this.basket.add(files));
    const cancel = () => this.go(this.open, false);
    return h(
      'form',
      {
        class: 'compose',
        onsubmit: (event) => {
          event.preventDefault();
          void this.send(person, thread, answered);
        },
      },
      h('div', { class: 'to' }, `${say('to')}: ${to}`),
      thread ? '' : this.subject,
      this.text,
      this.basket.element,
      h(
        'div',
        { class: 'row' },
        h('button', { class: 'primary' }, say('send')),
        ...picker,
        h('span', { class: 'grow' }),
        h('button', { class: 'quiet', type: 'button', onclick: cancel }, say('cancel')),
      ),
    );
  }

  go(root, writing) {
    this.open = root;
    this.writing = writing;
    if (!writing) this.clearDraft();
    this.show();
  }

  async send(person, thread, answered) {
    const text = this.text.value.trim();
    if (text === '') return;
    const subject = thread ? answerSubject(thread.mails[0].subject) : this.subject.value.trim();
    try {
      const attachments = await Promise.all(this.basket.files.map(packed));
      const answer = answered?.messageId ? { inReplyTo: answered.messageId, quote: true } : {};
      const mail = await call('POST', `/customers/${person.id}/email`, { subject, text, attachments, ...answer });
      this.go(thread ? thread.root : mail.messageId, false);
    } catch (failure) {
      this.report(failure);
    }
  }
}
