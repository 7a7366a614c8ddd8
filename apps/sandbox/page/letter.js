// One mail as its reader sees it.
import { companyFace, face, h } from './elements.js';
import { dayOf, say, timeOf } from './words.js';

const SHOWN_HEADERS = ['from', 'to', 'reply-to', 'date', 'message-id', 'in-reply-to', 'references', 'auto-submitted'];
const QUOTE = /\n\n(?:El [^\n]+ escribió:|On [^\n]+ wrote:)\n\n(?:>[^\n]*\n?)+$/;

/** What somebody wrote, without the mail they answered below. */
export const ownWords = (mail) => mail.text.trim().replace(QUOTE, '');

/** The frame as high as its letter; links open elsewhere. */
function fit(frame) {
  const { body, links } = frame.contentDocument;
  body.style.margin = '12px';
  body.style.font ||= '14px/20px system-ui, sans-serif';
  for (const link of links) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
  frame.style.height = `${Math.min(body.offsetHeight + 40, 900)}px`;
  frame.closest('.reading')?.lastChild.scrollIntoView({ block: 'nearest' });
}

/** A text whose addresses can be followed. */
const linked = (text) =>
  text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .map((part, at) => (at % 2 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part));

/** What a mail with html says to programs that show none. */
const asText = (mail) =>
  mail.html !== null &&
  mail.text.trim() !== '' &&
  h('details', {}, h('summary', {}, say('asText')), h('div', { class: 'text' }, ...linked(mail.text.trim())));

/** Text, or html in a frame that runs nothing and loads nothing from elsewhere. */
function content(mail) {
  if (mail.html === null) return h('div', { class: 'text' }, ...linked(ownWords(mail)));
  const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';
  return h('iframe', { sandbox, title: mail.subject, srcdoc: mail.html, onload: (event) => fit(event.target) });
}

const kilobytes = (size) => `${Math.max(1, Math.round(size / 1024))} kB`;

function headers(mail) {
  const rows = SHOWN_HEADERS.flatMap((name) => (mail.headers[name] ?? []).map((value) => [name, value]));
  return h(
    'details',
    {},
    h('summary', {}, say('headers')),
    h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    h('a', { href: `/control/mails/${mail.id}/raw`, target: '_blank', rel: 'noopener' }, say('original')),
  );
}

export function letter(mail, person) {
  const received = mail.direction === 'in';
  const state = mail.sending?.state;
  const files = mail.attachments.map((file) =>
    h('a', { class: 'chip', href: file.url, download: file.fileName }, `${file.fileName} · ${kilobytes(file.size)}`),
  );
  return h(
    'article',
    { class: 'letter' },
    h(
      'div',
      { class: 'from' },
      received ? companyFace('small') : face(person, 'small'),
      h(
        'div',
        {},
        h('strong', {}, received ? mail.from.replace(/"/g, '').replace(/ <.*/, '') : person.displayName),
        h('small', {}, received ? say('toMe') : `${say('to').toLowerCase()} ${mail.to}`),
      ),
      h('time', { datetime: mail.at }, `${dayOf(mail.at)}, ${timeOf(mail.at)}`),
    ),
    content(mail),
    files.length > 0 && h('div', { class: 'files' }, ...files),
    state && h('span', { class: `state ${state}`, title: mail.sending.response ?? '' }, say(state)),
    asText(mail),
    headers(mail),
  );
}
