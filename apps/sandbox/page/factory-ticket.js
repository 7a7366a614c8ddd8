// One ticket: what it is, what happened to it, and what can be done.
import { h } from './elements.js';
import { deedForm, deedsFor, needsWords } from './factory-deeds.js';
import { act, factory } from './factory-world.js';
import { momentOf, tell } from './factory-words.js';
import { call } from './world.js';

export const statusChip = ({ status = 'new' }) => h('span', { class: `stand ${status}` }, tell(status));

const fact = (name, value) => value && [h('dt', {}, name), h('dd', {}, value)];

/** An id somebody reads: not the name again, not a number for computers. */
const isSaying = (id, name) => id !== name && !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id);

function facts(ticket) {
  const related = [...(ticket.relatedEntity ?? []), ...(ticket.relatedParty ?? [])].map(
    ({ role, name, id, phone, email }) =>
      fact(
        tell('roles')[role] ?? role,
        [name, isSaying(id, name) ? id : null, phone, email].filter(Boolean).join(' · '),
      ),
  );
  return h(
    'dl',
    { class: 'facts' },
    ...[
      fact(tell('reference'), ticket.externalId),
      fact(tell('priority'), tell('priorities')[ticket.priority] ?? ticket.priority ?? ticket.severity),
      fact(tell('reported'), momentOf(ticket.creationDate)),
      fact(tell('due'), ticket.expectedResolutionDate && momentOf(ticket.expectedResolutionDate)),
      ...related,
    ]
      .filter(Boolean)
      .flat(),
  );
}

function file({ name, mimeType, content, url, href, attachmentType }) {
  const address =
    content === undefined ? (url ?? href) : `data:${mimeType ?? 'application/octet-stream'};base64,${content}`;
  const words = attachmentType && attachmentType !== 'file' ? `${attachmentType} · ${name ?? ''}` : (name ?? address);
  return h('a', { class: 'chip', href: address, download: name ?? true, target: '_blank', rel: 'noopener' }, words);
}

/** Notes and changes of status, oldest first. */
function story(ticket) {
  const happened = [
    ...ticket.statusChange.map(({ status, changeDate, changeReason }) => ({
      at: changeDate,
      head: tell(status),
      text: changeReason,
    })),
    ...ticket.note.map(({ date, author, text }) => ({ at: date, head: author ?? tell('fromThem'), text })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  return h(
    'ol',
    { class: 'past' },
    ...happened.map(({ at, head, text }) =>
      h('li', {}, h('strong', {}, head), h('time', { datetime: at }, momentOf(at)), text && h('p', {}, text)),
    ),
  );
}

export class TicketView {
  /** The deed whose form is open. */
  open = null;

  constructor(report) {
    this.report = report;
    this.element = h('div', { class: 'ticket' });
    this.shown = '';
  }

  /** Drawn anew only when there is news: a form somebody writes in stays as it is. */
  show(ticket, isForced = false) {
    const told = factory.told.filter(({ ticketId }) => ticketId === ticket.id).length;
    const seen = JSON.stringify([ticket, told, this.open]);
    if (seen === this.shown && !isForced) return;
    if (ticket.id !== this.id) this.open = null;
    this.id = ticket.id;
    this.shown = seen;
    const writing = this.element.querySelector('form.deed');
    const form = this.open && writing?.dataset.deed === this.open ? writing : this.form(ticket);
    this.element.replaceChildren(
      h(
        'div',
        { class: 'head' },
        h('h2', {}, ticket.id),
        statusChip(ticket),
        h('span', { class: 'name' }, ticket.name ?? ''),
      ),
      this.buttons(ticket),
      form ?? '',
      facts(ticket),
      h('p', { class: 'told' }, ticket.description),
      ticket.attachment.length > 0 ? h('div', { class: 'files' }, ...ticket.attachment.map(file)) : '',
      h('h3', {}, tell('story')),
      story(ticket),
      this.events(ticket, told),
    );
  }

  form(ticket) {
    if (!this.open) return null;
    const done = (deed) => this.do(ticket, deed);
    const form = deedForm(this.open, ticket, done, () => this.choose(ticket, null));
    form.dataset.deed = this.open;
    return form;
  }

  buttons(ticket) {
    const button = (name, place) =>
      h(
        'button',
        {
          type: 'button',
          class: place === 0 && ticket.status !== 'pending' ? 'primary' : 'secondary',
          'aria-pressed': String(this.open === name),
          onclick: () => (needsWords(name, ticket) ? this.choose(ticket, name) : void this.do(ticket, { do: name })),
        },
        tell(name),
      );
    return h('div', { class: 'deeds' }, ...deedsFor(ticket).map(button));
  }

  choose(ticket, name) {
    this.open = this.open === name ? null : name;
    this.show(ticket, true);
    this.element.querySelector('form.deed :is(input, textarea, select)')?.focus();
  }

  async do(ticket, deed) {
    try {
      const changed = await act(ticket.id, deed);
      this.open = null;
      this.show(changed, true);
    } catch (failure) {
      this.report(failure);
    }
  }

  events(ticket, told) {
    const again = async () => {
      const { statuses } = await call('POST', '/manufacturer/replay', {
        ticketId: ticket.id,
        copies: 3,
        reversed: true,
      });
      this.report(tell('replayed', statuses.length));
    };
    return h(
      'div',
      { class: 'row' },
      h('span', { class: 'to' }, tell('told', told)),
      told > 0 && h('button', { type: 'button', class: 'quiet', onclick: () => void again() }, tell('replay')),
    );
  }
}
