// Who one can be.
import { FormData } from './browser.js';
import { face, h, iconButton } from './elements.js';
import { isUnread, world } from './world.js';
import { say, shortWhen } from './words.js';

const MOST_SHOWN = 200;
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The list beside the phone. `pick` gets the id, `make` opens the form. */
export class PeopleList {
  constructor(element, pick, make) {
    this.pick = pick;
    this.list = h('ul');
    this.find = h('input', { class: 'field', type: 'search', oninput: () => this.show() });
    this.make = make;
    this.bar = h('div', { class: 'find' });
    element.append(this.bar, this.list);
    this.translate();
  }

  translate() {
    this.find.placeholder = say('find');
    this.find.setAttribute('aria-label', say('find'));
    this.bar.replaceChildren(this.find, iconButton('plus', say('newPerson'), this.make));
    this.show();
  }

  show() {
    const wanted = plain(this.find.value.trim());
    const matches = world.people.filter((person) => plain(`${person.displayName} ${person.handle}`).includes(wanted));
    const shown = matches.toSorted(byLatest).slice(0, MOST_SHOWN);
    const rows = shown.map((person) => this.row(person));
    this.list.replaceChildren(...(rows.length > 0 ? rows : [h('li', { class: 'nothing' }, say('nobody'))]));
  }

  row(person) {
    const unread = isUnread(person);
    const you = person.lastDirection === 'out' ? say('you') : '';
    const preview = person.lastAt === null ? say('nothingYet') : `${you}${person.preview || say('file')}`;
    return h(
      'li',
      { class: unread ? 'unread' : '' },
      h(
        'button',
        { type: 'button', 'aria-current': String(person.id === world.chosen), onclick: () => this.pick(person.id) },
        face(person),
        h(
          'span',
          { style: 'min-width:0' },
          h('span', { class: 'name', style: 'display:block' }, person.displayName),
          h('span', { class: 'last', style: 'display:block' }, preview),
        ),
        h(
          'span',
          { class: 'when' },
          person.lastAt === null ? '' : shortWhen(person.lastAt),
          unread && h('span', { class: 'dot' }),
        ),
      ),
    );
  }
}

/** Latest first; who has not written stays in the order of the cast. */
function byLatest(one, other) {
  return (other.lastAt ?? '').localeCompare(one.lastAt ?? '');
}

/** Asks for a new person; `create` gets the body and answers or throws. */
export function openPersonForm(dialog, create) {
  const field = (name, label, more = {}) => h('label', {}, label, h('input', { class: 'field', name, ...more }));
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const optional = { placeholder: say('optional') };
  const form = h(
    'form',
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const given = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
        try {
          await create(Object.fromEntries(given.filter(([, value]) => value !== '')));
          dialog.close();
        } catch (failure) {
          wrong.textContent = failure.message;
        }
      },
    },
    h('h2', {}, say('newPerson')),
    field('displayName', say('name'), { required: true, autocomplete: 'off' }),
    field('handle', say('handle'), { ...optional, pattern: '@?[A-Za-z0-9_]{1,15}', autocomplete: 'off' }),
    field('email', say('email'), { ...optional, type: 'email', autocomplete: 'off' }),
    field('phone', say('phone'), { ...optional, type: 'tel', autocomplete: 'off' }),
    wrong,
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', class: 'secondary', onclick: () => dialog.close() }, say('cancel')),
      h('button', { class: 'primary' }, say('create')),
    ),
  );
  dialog.replaceChildren(form);
  dialog.showModal();
}
