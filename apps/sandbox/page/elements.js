// Small tools to make elements.
import { document } from './browser.js';

/** An element: attributes, `on…` listeners, then children; null and false are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'srcdoc') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const GLYPHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'M12 19V5M6 11l6-6 6 6',
  clip: 'M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.3-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  weather: 'M7 18h10a4 4 0 0 0 .6-8A6 6 0 0 0 6.200 10.600 3.800 3.800 0 0 0 7 18z',
  pen: 'M5 19l1-4L16 5l3 3L9 18z',
  phone:
    'M6 3h3l1.500 4.500L8.400 9a11 11 0 0 0 6.600 6.600l1.500-2.100L21 15v3a2 2 0 0 1-2.200 2A16 16 0 0 1 4 5.200 2 2 0 0 1 6 3z',
  reply: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6',
};

export function glyph(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'glyph');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', GLYPHS[name]);
  svg.append(path);
  return svg;
}

export const iconButton = (name, label, onclick, extra = {}) =>
  h('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick, ...extra }, glyph(name));

/** A round with initials; its colour is the person's own. */
export function face(person, size = '') {
  const initials = person.displayName
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  const hue = [...person.id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
  return h('span', { class: `face ${size}`, style: `--hue:${hue}`, 'aria-hidden': 'true' }, initials);
}

export const companyFace = (size = '') => h('span', { class: `face company ${size}`, 'aria-hidden': 'true' }, 'N');

/** A file input without a face: the button opens it, the files come to `take`. */
export function filePicker(label, name, accept, multiple, take) {
  const input = h('input', {
    type: 'file',
    accept,
    multiple,
    hidden: true,
    onchange: () => {
      take([...input.files]);
      input.value = '';
    },
  });
  return [input, iconButton(name, label, () => input.click())];
}
